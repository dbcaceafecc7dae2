using System.Text;
using PgRoll.Build.Cli.Output.Findings;

namespace PgRoll.Build.Cli.Actions.Workflow;

/// <summary>
/// The log of a step. The service takes any line of it that begins with <c>::</c> for a command, so all text stands between
/// <c>::stop-commands::</c> and a word that nobody can guess; only what is meant as a command stands outside.
/// </summary>
sealed class WorkflowLog(TextWriter output) : IDisposable
{
    readonly string _word = Guid.NewGuid().ToString("N");
    readonly Lock _gate = new();
    bool _isStopped, _isMidLine;

    /// <summary>For text, whatever stands in it.</summary>
    public TextWriter Text => field ??= new Stopped(this);

    /// <summary>Gives the service a command.</summary>
    public void Command(string command)
    {
        lock (_gate)
        {
            Resume();
            output.WriteLine(command);
        }
    }

    /// <summary>Has the service hide a text from here on.</summary>
    public void Mask(string secret) => Command($"::add-mask::{GitHubFindings.Data(secret)}");

    public void Dispose()
    {
        lock (_gate)
            Resume();
    }

    void Resume()
    {
        if (_isMidLine)
            output.WriteLine();
        if (_isStopped)
            output.WriteLine($"::{_word}::");
        (_isMidLine, _isStopped) = (false, false);
    }

    void Write(string text, bool isLine)
    {
        lock (_gate)
        {
            if (!_isStopped)
                output.WriteLine($"::stop-commands::{_word}");
            _isStopped = true;
            _isMidLine = !isLine && !text.EndsWith('\n');
            if (isLine)
                output.WriteLine(text);
            else
                output.Write(text);
        }
    }

    sealed class Stopped(WorkflowLog log) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => log.Write($"{value}", isLine: false);

        public override void Write(string? value) => log.Write(value ?? "", isLine: false);

        public override void Write(char[] buffer, int index, int count) => log.Write(new(buffer, index, count), isLine: false);

        public override void WriteLine(string? value) => log.Write(value ?? "", isLine: true);
    }
}
