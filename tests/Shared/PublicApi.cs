using System.Reflection;
using System.Text;

namespace PgRoll.Build.Testing;

/// <summary>The public surface of an assembly as text, to be reviewed when it changes.</summary>
static class PublicApi
{
    const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // What the compiler writes for every record.
    static readonly HashSet<string> Compiled = ["Equals", "GetHashCode", "ToString", "Deconstruct", "op_Equality", "op_Inequality", "<Clone>$", "PrintMembers"];

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append($"{type.FullName}\n");
            foreach (var member in type.GetMembers(Declared).Where(IsWritten).Select(m => m.ToString()!).Order(StringComparer.Ordinal))
                text.Append($"  {member}\n");
        }
        return text.ToString();
    }

    static bool IsWritten(MemberInfo member) =>
        !Compiled.Contains(member.Name) && member is not MethodInfo { IsSpecialName: true } && member is not Type && member.Name != "value__";
}
