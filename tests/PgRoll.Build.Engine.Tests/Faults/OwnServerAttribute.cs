namespace PgRoll.Build.Engine.Tests.Faults;

/// <summary>For tests that end processes of a server: one that was given is left alone, and only Linux says whose child a process is.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class OwnServerAttribute() : ConditionBaseAttribute(ConditionMode.Include)
{
    public override bool IsConditionMet => OperatingSystem.IsLinux() && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("PGROLL_TEST_POSTGRES"));

    public override string GroupName => nameof(OwnServerAttribute);
}
