namespace PgRoll.Build.SqlText;

static class Refuse
{
    // PostgreSQL's protocol ends text at NUL: what follows would be cut off or read as another message field.
    public static string Nul(string text, string parameter) =>
        text.IndexOf('\0') < 0 ? text : throw new ArgumentException("SQL text cannot contain the NUL character.", parameter);
}
