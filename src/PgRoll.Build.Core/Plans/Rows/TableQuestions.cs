using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;
using PgRoll.Build.Plans.Parts;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Rows;

/// <summary>What a rollout demands of the rows of one table.</summary>
sealed class TableQuestions
{
    readonly PlanRequest _request;
    readonly NewRows _rows;
    readonly TableChange _table;
    readonly Location _anywhere;
    readonly List<CheckedFunction> _functions = [];
    readonly List<ScanCheck> _scans = [];
    readonly List<RowCheck> _groups = [];
    readonly int _first;

    public TableQuestions(PlanRequest request, NewRows rows, TableChange table, RowMap map, int first, Location anywhere, Func<ForeignKey, NewRows?> target)
    {
        (_request, _rows, _table, _first, _anywhere) = (request, rows, table, first, anywhere);
        // That values can be computed at all comes first: an error of one is met by all that uses it.
        foreach (var up in map.Ups.Where(up => up.Value is RowValue.Call))
            AskValue(up.Column);
        foreach (var column in table.NewColumns.Where(c => c is { IsNullable: false, NotNull: not { IsValid: false } } && map.Computes(c) && rows.Source(c.Name) is not { IsNullable: false }))
            AskNotNull(column);
        foreach (var constraint in table.NewConstraints.Where(c => c is { IsValid: true, IsEnforced: true } && !IsProven(c, target)))
            if (constraint is CheckConstraint check)
                AskCheck(check);
            else if (constraint is UniqueConstraint unique && UniqueKey.Of(unique) is { } key)
                AskUnique(key, unique.Name, request.Origins.Constraint(table, unique));
            else if (constraint is ForeignKey { HasPeriod: false } foreign && target(foreign) is { } others)
                AskForeignKey(foreign, others);
        foreach (var index in table.NewIndexes.Where(i => i.IsUnique))
            if (UniqueKey.Of(index) is { } key)
                AskUnique(key, index.Name, request.Origins.Index(table, index));
    }

    /// <summary>Expressions that only the questions need.</summary>
    public IReadOnlyList<CheckedFunction> Functions => _functions;

    public IReadOnlyList<ScanCheck> Scans => _scans;

    public IReadOnlyList<RowCheck> Groups => _groups;

    void AskValue(Column column)
    {
        var (place, value) = (_request.Origins.NewValue(_table, column) ?? _anywhere, _rows[column.Name]);
        Scan(place, $"'{_table.After.Name}.{column.Name}'", "", [column.Name], [value], null);
        if (MaximumLength(column.Type) is not { } length)
            return;
        // What is too long by spaces is cut; an explicit cast would cut everything.
        var bare = _rows.Of(column.Name).Over(c => Sql.Of($"{new Ident(c)}"));
        var rest = new NewValue(FormattableString.Invariant($"_pgroll_rest_{_scans.Count}"), Sql.Of($"pg_catalog.rtrim(pg_catalog.substr(CAST({bare} AS pg_catalog.text), {length} + 1))"));
        Scan(place, $"'{_table.After.Name}.{column.Name}'", $"{{0}} of '{Escaped(_table.After.Name)}' would have a value in '{Escaped(column.Name)}' that is longer than {Escaped(column.Type.Text)}",
            [column.Name], [value, rest], Sql.Of($"{new Ident(rest.Alias)} <> ''"));
    }

    void AskNotNull(Column column) => Scan(
        _request.Origins.NotNull(_table, column) ?? _anywhere, $"'{_table.After.Name}.{column.Name}'",
        $"{{0}} of '{Escaped(_table.After.Name)}' would be NULL in '{Escaped(column.Name)}', which is NOT NULL in the new version",
        [column.Name], [_rows[column.Name]], Sql.Of($"{new Ident(column.Physical)} IS NOT DISTINCT FROM NULL"), shown: []);

    void AskCheck(CheckConstraint check)
    {
        var place = _request.Origins.Constraint(_table, check) ?? _anywhere;
        var columns = _table.After.ColumnsIn(check.Expression);
        if (columns.Count == 0 || check.NoInherit)
            return;
        var function = Function(check.Name, check.Expression, columns, place);
        Scan(place, $"check '{check.Name}'", $"{{0}} of '{Escaped(_table.After.Name)}' would break the check '{Escaped(check.Name)}'",
            columns, [.. columns.Select(c => _rows[c])], Sql.Of($"NOT {function.Name}({_table.After.PhysicalNames(columns)})"), calls: function.Name);
    }

    void AskUnique(UniqueKey key, string name, Location? origin)
    {
        if (key.Columns.Any(c => _table.After.Find(c) is null || !_rows.HasPlainEquality(c)) || IsUnique(key.Columns))
            return;
        var place = origin ?? _anywhere;
        var predicate = key.Predicate is { } expression ? Function(name, expression, _table.After.ColumnsIn(expression), place) : null;
        var columns = key.Columns.Concat(predicate?.Parameters.Select(p => p.Name) ?? []).Distinct().ToList();
        IEnumerable<Sql> conditions =
        [
            .. key.NullsNotDistinct ? [] : key.Columns.Select(c => Sql.Of($"{Physical(c)} IS DISTINCT FROM NULL")),
            .. predicate is null ? [] : (Sql[])[Sql.Of($"{predicate.Name}({predicate.Parameters.Select(p => Physical(p.Name))})")],
        ];
        var keys = key.Columns.Select(c => Sql.Of($"{Physical(c)}"));
        _groups.Add(new GroupCheck(place, $"'{name}'", $"{{0}} of '{Escaped(_table.After.Name)}' would have the same {Names(key.Columns)} as others, which '{Escaped(name)}' forbids", Sql.Of(
            $"""
             (SELECT pg_catalog.count(*) AS n, pg_catalog.min({_rows.KeyText}) AS one, pg_catalog.max({_rows.KeyText}) AS other, {keys.Select((k, i) => Sql.Of($"{k} AS {new Ident($"k{i}")}"))}
             FROM {_rows.With([.. columns.Select(c => _rows[c])])}
             WHERE {All(conditions)}
             GROUP BY {keys} HAVING pg_catalog.count(*) > 1) g
             """))
        {
            Calls = Calls(columns, predicate?.Name),
            Shown = key.Columns,
            KeyName = _rows.KeyName,
        });
    }

    void AskForeignKey(ForeignKey key, NewRows target)
    {
        var referenced = key.ReferencedColumns.Count > 0 ? key.ReferencedColumns : target.After.PrimaryKey?.Columns ?? [];
        if (referenced.Count != key.Columns.Count || !key.Columns.Zip(referenced, (own, other) => IsComparable(own, other, target)).All(isSo => isSo))
            return;
        var place = _request.Origins.Constraint(_table, key) ?? _anywhere;
        if (key.MatchFull && key.Columns.Count > 1)
            Scan(place, $"foreign key '{key.Name}'", $"{{0}} of '{Escaped(_table.After.Name)}' would be NULL in a part of {Names(key.Columns)}, which '{Escaped(key.Name)}' (MATCH FULL) forbids", key.Columns,
                [.. key.Columns.Select(c => _rows[c])],
                Sql.Of($"({Sql.Join(" OR ", key.Columns.Select(c => Sql.Of($"{Physical(c)} IS NOT DISTINCT FROM NULL")))}) AND ({Sql.Join(" OR ", key.Columns.Select(c => Sql.Of($"{Physical(c)} IS DISTINCT FROM NULL")))})"));
        var own = Sql.Of(
            $"SELECT {_rows.KeyText} AS key, true AS own, {key.Columns.Select((c, i) => Sql.Of($"{Physical(c)} AS {new Ident($"k{i}")}"))} FROM {_rows.With([.. key.Columns.Select(c => _rows[c])])} WHERE {All(key.Columns.Select(c => Sql.Of($"{Physical(c)} IS DISTINCT FROM NULL")))}");
        // A table that the rollout makes is empty: nothing can point to it yet. What is equal is what the types' own indexes say, on no path.
        var others = target.After.IsNew ? Sql.Empty : Sql.Of(
            $"\nUNION ALL SELECT NULL, false, {referenced.Select(c => Sql.Of($"{new Ident(target.After.Find(c)!.Physical)}"))} FROM {target.With([.. referenced.Select(c => target[c])])}");
        var keys = key.Columns.Select((_, i) => new Ident($"k{i}"));
        _groups.Add(new GroupCheck(place, $"foreign key '{key.Name}'",
            $"{{0}} of '{Escaped(_table.After.Name)}' would point with {Names(key.Columns)} to no row of '{Escaped(key.ReferencedTable)}', which '{Escaped(key.Name)}' forbids", Sql.Of(
            $"""
             (SELECT pg_catalog.count(*) AS n, pg_catalog.min(key) AS one, CAST(NULL AS pg_catalog.text) AS other, {keys}
             FROM ({own}{others}) u
             GROUP BY {keys} HAVING pg_catalog.bool_and(own)) g
             """))
        {
            Calls = [.. Calls(key.Columns), .. Calls(target, target.After.IsNew ? [] : referenced)],
            Shown = key.Columns,
            KeyName = _rows.KeyName,
        });
    }

    void Scan(Location place, string subject, string breaks, IReadOnlyList<string> columns, IReadOnlyList<NewValue> values, Sql? broken, IReadOnlyList<string>? shown = null, QualifiedName? calls = null) =>
        _scans.Add(new(place, subject, breaks, _rows, values, broken)
        {
            Calls = Calls(columns, calls),
            Shown = shown ?? columns,
            KeyName = _rows.KeyName,
        });

    ExpressionFunction Function(string name, SqlExpression expression, IReadOnlyList<string> columns, Location place)
    {
        var function = new ExpressionFunction($"'{name}'",
            new(_table.Name.Schema, new Ident(GeneratedNames.Expression("check", _table.After.Name, name, _first + _functions.Count + 1))),
            [.. columns.Select(c => _table.After.Find(c)!)], SqlType.FromCatalog("boolean"), expression);
        _functions.Add(new(function, place) { IsMadeForCheck = true });
        return function;
    }

    IReadOnlyList<QualifiedName> Calls(IEnumerable<string> columns, QualifiedName? function = null) => [.. Calls(_rows, columns), .. function is null ? (QualifiedName[])[] : [function]];

    /// <summary>The functions of values. Start makes those of defaults only where it calls them.</summary>
    IEnumerable<QualifiedName> Calls(NewRows rows, IEnumerable<string> columns)
    {
        var values = columns.Select(rows.Of).ToList();
        foreach (var function in values.SelectMany(value => value.Defaults).Where(f => rows.Map?.Functions.Contains(f) != true && _functions.All(known => known.Function.Name != f.Name)))
            _functions.Add(new(function, _request.Origins.Expression(_table, function) ?? _anywhere));
        return values.SelectMany(value => value.Functions).Distinct();
    }

    /// <summary>Whether it is the copy of a constraint over values that the copy leaves as they are.</summary>
    bool IsProven(Constraint constraint, Func<ForeignKey, NewRows?> target) =>
        _table.Before.Constraints.Any(old => old.IsValid && GeneratedNames.Copy(old.Physical) == constraint.Physical)
        && constraint.Columns.All(_rows.IsStored)
        && (constraint is not ForeignKey key || target(key) is { } others && key.ReferencedColumns.All(others.IsStored));

    /// <summary>Whether a key of the old version keeps these values apart.</summary>
    bool IsUnique(IReadOnlyList<string> columns)
    {
        var sources = new HashSet<string>(columns.Select(_rows.Source).OfType<Column>().Select(c => c.Name));
        return _table.Before.Constraints.OfType<UniqueConstraint>().Any(u => u.Columns.All(sources.Contains))
            || _table.Before.Indexes.Any(i => i is { IsUnique: true, IsPartial: false } && i.Columns.All(sources.Contains));
    }

    bool IsComparable(string own, string other, NewRows target) =>
        _table.After.Find(own) is { } column && target.After.Find(other) is { } to && _rows.HasPlainEquality(own) && (target.After.IsNew || target.HasPlainEquality(other))
        && (SqlType.SameType(column.Type, to.Type) || column.Type.IsInteger && to.Type.IsInteger);

    Ident Physical(string column) => new(_table.After.Find(column)!.Physical);

    static int? MaximumLength(SqlType type) =>
        type.Canonical.StartsWith("character", StringComparison.Ordinal) && NewRows.HasKnownLength(type)
        && int.TryParse(type.Canonical.Substring(type.Canonical.IndexOf('(') + 1).TrimEnd(')'), out var length) ? length : null;

    static Sql All(IEnumerable<Sql> conditions) => conditions.ToList() is { Count: > 0 } all ? Sql.Join(" AND ", all) : Sql.Of($"true");

    static string Names(IReadOnlyList<string> columns) => Escaped(string.Join(", ", columns.Select(c => $"'{c}'")));

    /// <summary>Names are anybody's, and the sentence is a format.</summary>
    static string Escaped(string name) => name.Replace("{", "{{").Replace("}", "}}");
}
