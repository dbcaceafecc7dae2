using System.Globalization;
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
        var (context, settings) = (new ConversionContext(before.ForManyChanges() with { IsPartlyUnknown = true }), new SessionSettings(before.Name));
        var parts = ScriptReader.Read(sql, remarks);
        if (parts.SelectMany(p => p.Statements).FirstOrDefault(s => s.Value.Source.Tokens.Any(t => t.Kind is TokenKind.Error)) is { Value: UnknownStatement broken } statement)
            return new([], []) { Problem = new(statement.Line, broken.Problem) };
        // What stands between the migrations of another tool goes with the next one of them, or with the last.
        string Name(int i) => parts.Skip(i).Concat(parts.Reverse()).Select(p => p.Migration).FirstOrDefault(m => m is not null) ?? name;
        var converted = parts.Select((part, i) => (Name: Name(i), Documents: Convert(part, context, settings, remarks))).ToList();
        var migrations = converted.GroupBy(c => c.Name).SelectMany(c => Named(c.Key, [.. c.SelectMany(part => part.Documents)])).ToList();
        return new(migrations, [.. remarks.OrderBy(r => r.Line)]);
    }

    static IReadOnlyList<IReadOnlyList<OperationNode>> Convert(ScriptPart part, ConversionContext context, SessionSettings settings, List<Remark> remarks)
    {
        var builder = new MigrationBuilder(context, settings);
        // Comments on what becomes nothing are about what follows.
        IReadOnlyList<string> notes = [];
        foreach (var next in RenamedKeys.Recognise(Arrangement.Of(part.Statements, context.Schema.Name, remarks), context.Schema, remarks))
        {
            var statement = next with { Notes = [.. notes, .. next.Notes] };
            notes = statement.Notes;
            if (statement.Value is TransactionStatement)
                remarks.Add(new(statement.Line, "left out: transaction control"));
            else if (!settings.Take(statement, remarks))
            {
                context.Place = settings.Place;
                var converted = StatementConversion.Convert(context, statement);
                if (converted.Remark is { } remark)
                    remarks.Add(new(statement.Line, remark));
                builder.Add(statement, converted);
                if (converted.Reason is not null || converted.Operations.Count > 0)
                    notes = [];
            }
        }
        if (notes.Count > 0)
            remarks.Add(new(part.Statements[part.Statements.Count - 1].Line, ScriptReader.Unfollowed));
        return builder.End();
    }

    static IEnumerable<ConvertedMigration> Named(string name, IReadOnlyList<OperationNode>[] documents)
    {
        var width = documents.Length.ToString(CultureInfo.InvariantCulture).Length;
        return documents.Select((document, i) => new ConvertedMigration(
            documents.Length == 1 ? name : $"{name}_{(i + 1).ToString(CultureInfo.InvariantCulture).PadLeft(width, '0')}", document));
    }
}
