using System.Runtime.CompilerServices;

namespace PgRoll.Build.Testing;

/// <summary>
/// Compares text with a reviewed file beside the test. <c>PGROLL_UPDATE=1</c> rewrites the files, and the change is reviewed in git.
/// </summary>
static class Golden
{
    public static void AssertMatches(string actual, string relativePath, [CallerFilePath] string testFile = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(testFile)!, relativePath);
        actual = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("PGROLL_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }
        Assert.IsTrue(File.Exists(path), $"No golden file '{path}'. Run the test with PGROLL_UPDATE=1 and review what it writes:\n{actual}");
        Assert.AreEqual(File.ReadAllText(path).ReplaceLineEndings("\n"), actual, $"'{path}' differs; PGROLL_UPDATE=1 rewrites it.");
    }
}
