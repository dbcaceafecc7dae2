using PgRoll.Build.Cli.Settings;

namespace PgRoll.Build.Cli.Tests.Settings;

[TestClass]
public sealed class DurationTests
{
    [TestMethod]
    [DataRow("500ms", 500)]
    [DataRow("500", 500)]
    [DataRow("2s", 2_000)]
    [DataRow("1.5s", 1_500)]
    [DataRow("1m", 60_000)]
    [DataRow("1m30s", 90_000)]
    [DataRow("1h", 3_600_000)]
    [DataRow("0", 0)]
    [DataRow("-3", -3)]
    public void Text_is_read_as_milliseconds_or_in_its_units(string text, double milliseconds) =>
        Assert.AreEqual(milliseconds, Duration.Read(text).TotalMilliseconds);

    [TestMethod]
    [DataRow("")]
    [DataRow("soon")]
    [DataRow("2 s")]
    [DataRow("1m30")]
    [DataRow("2S")]
    [DataRow(".5s")]
    [DataRow("1e3")]
    [DataRow("25000h")]
    public void Other_text_is_refused(string text) => Assert.ThrowsExactly<FormatException>(() => Duration.Read(text));

    [TestMethod]
    public void A_limit_of_zero_or_less_is_none_but_a_pause_cannot_be_negative()
    {
        Assert.AreEqual(TimeSpan.Zero, Duration.ReadLimit("-1"));
        Assert.AreEqual(TimeSpan.Zero, Duration.ReadPositive("0"));
        Assert.ThrowsExactly<FormatException>(() => Duration.ReadPositive("-1s"));
    }
}
