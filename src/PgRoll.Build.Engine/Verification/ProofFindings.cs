using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Engine.Verification;

/// <summary>What a proof finds: one finding of a rule for each place and sentence's beginning, the gravest.</summary>
sealed class ProofFindings
{
    readonly List<Diagnostic> _all = [];

    public IReadOnlyList<Diagnostic> All => _all;

    public void Add(Rule rule, Location place, params object[] arguments) => Add(rule, rule.Severity, place, arguments);

    public void Add(Rule rule, Severity severity, Location place, params object[] arguments)
    {
        var finding = Diagnostic.Of(rule, place, arguments) with { Severity = severity };
        var known = _all.FindIndex(f => f.Rule == rule && f.Location == place);
        if (known < 0)
            _all.Add(finding);
        else if (_all[known].Severity < severity)
            _all[known] = finding;
    }
}
