using PgRoll.Build.Model;

namespace PgRoll.Build.Statements.Parsing;

/// <summary>Reads constraints, of tables, columns and domains.</summary>
static class ConstraintReader
{
    /// <summary>Whether a constraint of a table begins here, rather than a column.</summary>
    public static bool StartsTableConstraint(TokenReader r) =>
        r.Is("constraint") || r.Is("primary", "key") || r.Is("check") && r.At(1).IsSymbol("(") || r.Is("foreign", "key") || r.Is("not", "null")
        || r.Is("unique") || r.Is("exclude") && (r.At(1).IsSymbol("(") || r.At(1).IsWord("using"));

    /// <summary>A constraint of a table.</summary>
    public static ConstraintDefinition? ReadForTable(TokenReader r)
    {
        var from = r.Position;
        var name = r.Skip("constraint") ? r.Name() : null;
        ConstraintDefinition? constraint =
            r.Is("primary") || r.Is("unique") ? Key(r, name, null)
            : r.Skip("check") ? new CheckDefinition(name, default, r.ExpressionInParentheses())
            : r.Skip("foreign", "key") ? ForeignKey(r, name)
            : r.Skip("exclude") ? Exclusion(r, name)
            : r.Skip("not", "null") ? new NotNullDefinition(name, default, r.Name())
            : null;
        if (constraint is null)
        {
            r.Fail("a constraint");
            return null;
        }
        return Attributes(r, constraint) with { Span = r.Since(from) };
    }

    /// <summary>A constraint that stands behind a column; null if none follows.</summary>
    public static ConstraintDefinition? ReadForColumn(TokenReader r, Name column)
    {
        var from = r.Position;
        var name = r.Skip("constraint") ? r.Name() : null;
        ConstraintDefinition? constraint =
            r.Is("primary", "key") || r.Is("unique") ? Key(r, name, column)
            : r.Skip("check") ? new CheckDefinition(name, default, r.ExpressionInParentheses())
            : r.Skip("references") ? References(r, new ForeignKeyDefinition(name, default, r.ObjectName()) { Columns = [column] })
            : r.Skip("not", "null") ? new NotNullDefinition(name, default, column)
            : null;
        if (constraint is null)
        {
            r.ReturnTo(from);
            return null;
        }
        return Attributes(r, constraint) with { Column = column, Span = r.Since(from) };
    }

    static KeyDefinition Key(TokenReader r, Name? name, Name? column)
    {
        var isPrimary = r.Skip("primary", "key");
        if (!isPrimary)
            r.Expect("unique");
        var key = new KeyDefinition(name, default) { IsPrimaryKey = isPrimary };
        if (r.Skip("nulls", "not", "distinct"))
            key = key with { NullsNotDistinct = true };
        else
            r.Skip("nulls", "distinct");
        if (column is null && r.Skip("using", "index"))
            return key with { UsingIndex = r.Name() };
        if (column is not null)
            key = key with { Columns = [column] };
        else
        {
            var withoutOverlaps = false;
            var columns = r.InParentheses(() =>
            {
                var one = r.Name();
                withoutOverlaps |= r.Skip("without", "overlaps");
                return one;
            });
            key = key with { Columns = columns, IsWithoutOverlaps = withoutOverlaps };
        }
        if (r.Skip("include"))
            key = key with { Include = r.Names() };
        if (r.Skip("with"))
            key = key with { StorageParameters = r.ClauseInParentheses() };
        return r.Skip("using", "index", "tablespace") ? key with { Tablespace = r.Name() } : key;
    }

    static ForeignKeyDefinition ForeignKey(TokenReader r, Name? name)
    {
        var period = false;
        var columns = r.InParentheses(() =>
        {
            period |= Period(r);
            return r.Name();
        });
        r.Expect("references");
        return References(r, new ForeignKeyDefinition(name, default, r.ObjectName()) { Columns = columns, HasPeriod = period });
    }

    static ForeignKeyDefinition References(TokenReader r, ForeignKeyDefinition key)
    {
        if (r.IsSymbol("("))
            key = key with
            {
                ReferencedColumns = r.InParentheses(() =>
                {
                    Period(r);
                    return r.Name();
                }),
            };
        while (!r.IsAtEnd)
            if (r.Skip("match"))
                key = key with { IsMatchFull = r.SkipOneOf("full", "simple", "partial") == "full" };
            else if (r.Skip("on", "delete"))
            {
                key = key with { OnDelete = Action(r) };
                if (r.IsSymbol("("))
                    key = key with { OnDeleteSetColumns = r.Names() };
            }
            else if (r.Skip("on", "update"))
                key = key with { OnUpdate = Action(r) };
            else
                break;
        return key;
    }

    /// <summary>Alone it is the name of a column.</summary>
    static bool Period(TokenReader r) => r.At(1).IsName && r.Skip("period");

    static ReferentialAction Action(TokenReader r)
    {
        if (r.Skip("no", "action"))
            return ReferentialAction.NoAction;
        if (r.Skip("restrict"))
            return ReferentialAction.Restrict;
        if (r.Skip("cascade"))
            return ReferentialAction.Cascade;
        if (r.Skip("set", "null"))
            return ReferentialAction.SetNull;
        if (r.Skip("set", "default"))
            return ReferentialAction.SetDefault;
        r.Fail("NO ACTION, RESTRICT, CASCADE, SET NULL or SET DEFAULT");
        return ReferentialAction.NoAction;
    }

    static ExclusionDefinition Exclusion(TokenReader r, Name? name)
    {
        var from = r.Position;
        if (r.Skip("using"))
            r.Name();
        var keys = r.InParentheses(() =>
        {
            var key = IndexReader.Key(r);
            r.Expect("with");
            while (!r.IsAtEnd && !r.IsSymbol(",") && !r.IsSymbol(")"))
                r.SkipOne();
            return key;
        });
        if (r.Skip("include"))
            r.SkipParentheses();
        if (r.Skip("with"))
            r.SkipParentheses();
        if (r.Skip("using", "index", "tablespace"))
            r.Name();
        if (r.Skip("where"))
            r.SkipParentheses();
        return new(name, default, r.Clause(from, r.Position), keys);
    }

    /// <summary>Whether words follow that belong to the constraint right before them: behind anything else the server refuses them.</summary>
    public static bool StartsAttribute(TokenReader r) => r.Is("deferrable") || r.Is("initially") || r.Is("not", "deferrable") || r.Is("not", "enforced") || r.Is("enforced");

    static ConstraintDefinition Attributes(TokenReader r, ConstraintDefinition constraint)
    {
        while (!r.IsAtEnd)
            if (r.Skip("not", "deferrable") || r.Skip("initially", "immediate"))
            {
            }
            else if (r.Skip("deferrable"))
                constraint = constraint with { Deferral = constraint.Deferral == Deferral.InitiallyDeferred ? Deferral.InitiallyDeferred : Deferral.Deferrable };
            else if (r.Skip("initially", "deferred"))
                constraint = constraint with { Deferral = Deferral.InitiallyDeferred };
            else if (r.Skip("not", "valid"))
                constraint = constraint with { IsNotValid = true };
            else if (r.Skip("not", "enforced"))
                constraint = constraint with { IsEnforced = false };
            else if (r.Skip("enforced"))
            {
            }
            else if (r.Skip("no", "inherit"))
                constraint = constraint switch
                {
                    CheckDefinition check => check with { NoInherit = true },
                    NotNullDefinition notNull => notNull with { NoInherit = true },
                    _ => constraint,
                };
            else
                break;
        return constraint;
    }
}
