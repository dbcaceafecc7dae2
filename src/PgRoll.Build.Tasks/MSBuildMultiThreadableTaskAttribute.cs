#pragma warning disable IDE0130 // MSBuild looks for the attribute by its full name
namespace Microsoft.Build.Framework;

/// <summary>
/// Says that a task may share a process with others: it uses absolute paths only, and neither current directory, environment nor
/// console. MSBuild before 18 lacks the attribute and knows no such sharing, so the assembly brings its own.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
