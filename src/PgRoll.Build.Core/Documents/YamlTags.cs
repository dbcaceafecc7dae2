using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PgRoll.Build.Documents;

/// <summary>YAML tags: those of the core types may be written out, any other asks for a type that migrations do not have.</summary>
static class YamlTags
{
    const string Core = "tag:yaml.org,2002:";

    public static ScalarKind KindOf(Scalar scalar, SourceText source)
    {
        var plain = scalar.Style == ScalarStyle.Plain ? YamlScalars.KindOf(scalar.Value) : ScalarKind.String;
        var written = scalar.Style == ScalarStyle.Plain ? plain : YamlScalars.KindOf(scalar.Value);
        return TagOf(scalar) switch
        {
            null => plain,
            "!" or Core + "str" => ScalarKind.String,
            Core + "int" or Core + "float" when written is ScalarKind.Number => written,
            Core + "bool" when written is ScalarKind.True or ScalarKind.False => written,
            Core + "null" when written is ScalarKind.Null => written,
            var tag => throw Refuse(scalar, tag, source),
        };
    }

    public static void Check(NodeEvent collection, string type, SourceText source)
    {
        if (TagOf(collection) is { } tag && tag != "!" && tag != Core + type)
            throw Refuse(collection, tag, source);
    }

    static string? TagOf(NodeEvent e) => e.Tag.IsEmpty ? null : e.Tag.Value;

    static MalformedDocumentException Refuse(NodeEvent e, string tag, SourceText source) => new(
        source.Span((int)e.Start.Index),
        $"the tag {Quoted.Short(tag)} does not fit this value; migrations need no tags. If '!' is meant as text, put it in quotes.");
}
