namespace PgRoll.Build.Model;

/// <summary>One privilege that a role holds.</summary>
/// <param name="Grantee">The role, or null for PUBLIC.</param>
/// <param name="Privilege">SELECT, INSERT, UPDATE, DELETE, USAGE …</param>
/// <param name="WithGrantOption">Whether the role may pass it on.</param>
/// <param name="Column">The one column it is limited to, or null.</param>
public sealed record Grant(string? Grantee, string Privilege, bool WithGrantOption = false, string? Column = null);
