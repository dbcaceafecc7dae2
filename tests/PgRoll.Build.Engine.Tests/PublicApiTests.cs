using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests;

[TestClass]
public sealed class PublicApiTests
{
    [TestMethod]
    public void The_public_surface_is_the_reviewed_one() => Golden.AssertMatches(PublicApi.Of(typeof(MigrationRunner).Assembly), "PublicApi.verified.txt");
}
