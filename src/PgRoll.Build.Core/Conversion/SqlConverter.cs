using System.Globalization;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Conversion;

/// <summary>Makes migrations of SQL.</summary>
static class SqlConverter
{
    /// <summary>The migrations that do what a script does.</summary>
    /// <param name="sql">The script.</param>
    /// <param name="name">The migration's name, where the script does not tell one; several get numbers behind it.</param>
    /// <param name="before">The schema that the script meets. What is not in it may be there all the same.</param>
    public static SqlConversion Convert(string sql, string name, Schema before)
    {
        List<Remark> remarks = [];
        List<ConvertedMigration> migrations = [];
        var (context, settings) = (new ConversionContext(before with { IsPartlyUnknown = true }), new SessionSettings(before.Name));
        var parts = ScriptReader.Read(sql, remarks);
        if (parts.SelectMany(p => p.Statements).FirstOrDefault(s => s.Value.Source.Tokens.Any(t => t.Kind is TokenKind.Error)) is { Value: UnknownStatement broken } statement)
            return new([], []) { Problem = new(statement.Line, broken.Problem) };
        List<MappingNode> nameless = [];
        foreach (var part in parts)
        {
            var documents = Convert(part, context, settings, remarks);
            if (part.Migration is { } own)
                migrations.AddRange(Named(own, documents));
            else
                nameless.AddRange(documents);
        }
        migrations.AddRange(Named(name, nameless));
        return new(migrations, [.. remarks.OrderBy(r => r.Line)]);
    }

    static IReadOnlyList<MappingNode> Convert(ScriptPart part, ConversionContext context, SessionSettings settings, List<Remark> remarks)
    {
        var builder = new MigrationBuilder(context, settings);
        foreach (var statement in Arrangement.Of(part.Statements, context.Schema.Name, remarks))
        {
            if (statement.Value is TransactionStatement)
                remarks.Add(new(statement.Line, "left out: transaction control"));
            else if (!settings.Take(statement, remarks))
            {
                context.Place = settings.Place;
                var converted = StatementConversion.Convert(context, statement);
                if (converted.Remark is { } remark)
                    remarks.Add(new(statement.Line, remark));
                builder.Add(statement, converted);
            }
        }
        return builder.End();
    }

    static IEnumerable<ConvertedMigration> Named(string name, IReadOnlyList<MappingNode> documents)
    {
        var width = documents.Count.ToString(CultureInfo.InvariantCulture).Length;
        return documents.Select((document, i) => new ConvertedMigration(
            documents.Count == 1 ? name : $"{name}_{(i + 1).ToString(CultureInfo.InvariantCulture).PadLeft(width, '0')}", document));
    }
}
