#pragma warning disable
using PgRoll.Build.Diagnostics;
namespace PgRoll.Build.Documents;
public readonly record struct Settable<T>(bool IsSet, T? Value) where T : class;
abstract record Node; sealed record MappingNode : Node;
static class NodeReader { public static Document? Read(string a, string b, Report c) => null; }
static class DocumentRules { public static readonly Rule InvalidStructure = null!; }
static class Suggestion { public static string? Nearest(string a, IEnumerable<string> b) => null; }
sealed class FieldReader(MappingNode node, string name, Report report) {
  public string Name => name; public Report Report => report;
  public string? RequiredString(string n) => null; public string? OptionalString(string n) => null;
  public bool Bool(string n) => false; public bool? OptionalBool(string n) => null;
  public IReadOnlyList<string> StringList(string n) => [];
  public FieldReader? Mapping(string n) => null; public FieldReader? RequiredMapping(string n) => null;
  public IReadOnlyList<FieldReader> MappingList(string n) => []; public IReadOnlyList<FieldReader> RequiredMappingList(string n) => [];
  public Settable<string> Settable(string n) => default; public string? OptionalWord(string n, string[] w) => null; public string? RequiredWord(string n, string[] w) => null;
  public FieldReader? OnlyEntry() => null; public void Done() {}
}
