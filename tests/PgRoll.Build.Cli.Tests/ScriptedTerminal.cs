using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace PgRoll.Build.Cli.Tests;

/// <summary>A terminal at which somebody presses the keys of a script, as soon as they are asked for.</summary>
sealed class ScriptedTerminal : IAnsiConsole, IAnsiConsoleInput
{
    readonly StringBuilder _screen = new();
    readonly IAnsiConsole _inner;
    readonly Queue<ConsoleKeyInfo> _keys = [];

    public ScriptedTerminal() => _inner = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(new StringWriter(_screen)),
    });

    public string Screen => _screen.ToString();

    public bool IsDone => _keys.Count == 0;

    public Profile Profile => _inner.Profile;

    public IAnsiConsoleCursor Cursor => _inner.Cursor;

    public IAnsiConsoleInput Input => this;

    public IExclusivityMode ExclusivityMode => _inner.ExclusivityMode;

    public RenderPipeline Pipeline => _inner.Pipeline;

    /// <summary>Moves down in a list so many times, and takes what is there.</summary>
    public ScriptedTerminal Choose(int down) => Press([.. Enumerable.Repeat(ConsoleKey.DownArrow, down), ConsoleKey.Enter]);

    public ScriptedTerminal Press(params ConsoleKey[] keys)
    {
        foreach (var key in keys)
            _keys.Enqueue(new('\0', key, false, false, false));
        return this;
    }

    public ScriptedTerminal Type(string text)
    {
        foreach (var c in text)
            _keys.Enqueue(new(c, ConsoleKey.None, false, false, false));
        return Press(ConsoleKey.Enter);
    }

    public void Clear(bool home) => _inner.Clear(home);

    public void Write(IRenderable renderable) => _inner.Write(renderable);

    public bool IsKeyAvailable() => !IsDone;

    public ConsoleKeyInfo? ReadKey(bool intercept) =>
        _keys.TryDequeue(out var key) ? key : throw new InvalidOperationException($"The script has no key for this:\n{Screen}");

    public Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken) => Task.FromResult(ReadKey(intercept));
}
