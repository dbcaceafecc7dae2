using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace PgRoll.Build.Tasks.Tests;

/// <summary>A migration as the targets give it to the task: with the values of a project that sets nothing.</summary>
static class MigrationItem
{
    public static ITaskItem Of(string path) => Of(path, "SchemaVersion");

    public static ITaskItem Of(string path, string className) => new TaskItem(path, new Dictionary<string, string>
    {
        ["BaseSchema"] = "public",
        ["ClassName"] = className,
        ["Namespace"] = "",
        ["Accessibility"] = "internal",
    });
}
