using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Verification;

/// <summary>A long real history, each file proved: what is found is known and reviewed.</summary>
[TestClass]
public sealed class CorpusVerificationTests
{
    [TestMethod]
    [LongRun]
    public async Task What_is_told_of_the_corpus_is_known()
    {
        var verification = await Verified.Async(Corpus.Files, major: TestDatabase.SupportedMajors[^1]);

        Assert.AreEqual(Corpus.Files.Count, verification.Rollouts.Count);
        Golden.AssertMatches(Verified.Told(verification.Findings), "corpus.verified.txt");
    }
}
