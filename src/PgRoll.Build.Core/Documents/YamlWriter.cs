using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PgRoll.Build.Documents;

/// <summary>Writes a tree as YAML for people: block style, texts of several lines as such, quotes only where a reader needs them.</summary>
static class YamlWriter
{
    static readonly EmitterSettings Settings = new(
        bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024, skipAnchorName: false, indentSequences: true, newLine: "\n");

    public static string Write(Node node)
    {
        var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, Settings);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, node);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    static void Emit(Emitter emitter, Node node)
    {
        switch (node)
        {
            case MappingNode mapping:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, mapping.Entries.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var entry in mapping.Entries)
                {
                    Emit(emitter, entry.Key);
                    Emit(emitter, entry.Value);
                }
                emitter.Emit(new MappingEnd());
                break;
            case SequenceNode sequence:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, sequence.Items.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in sequence.Items)
                    Emit(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case ScalarNode scalar:
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, scalar.Text, Style(scalar), isPlainImplicit: true, isQuotedImplicit: true));
                break;
        }
    }

    /// <summary>The emitter itself takes quotes where the characters ask for them; it does not know what a word would be taken for.</summary>
    static ScalarStyle Style(ScalarNode scalar) => scalar switch
    {
        not { Kind: ScalarKind.String } => ScalarStyle.Plain,
        // Outside of quotes they are line breaks like any other, and not read as what they were.
        _ when scalar.Text.Any(c => c is '\r' or '\u0085' or '\u2028' or '\u2029') => ScalarStyle.DoubleQuoted,
        _ when scalar.Text.Any(c => c == '\n') => ScalarStyle.Literal,
        _ when YamlScalars.KindOf(scalar.Text) != ScalarKind.String => ScalarStyle.DoubleQuoted,
        _ => ScalarStyle.Any,
    };
}
