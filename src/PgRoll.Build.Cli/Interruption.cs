using System.Runtime.InteropServices;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli;

/// <summary>Ctrl-C, the signal that ends services, or the end of the terminal: the first asks the command to end where nothing is half done, a second ends it at once.</summary>
sealed class Interruption : IDisposable
{
    const string ShowCursor = "\e[?25h";

    readonly CancellationTokenSource _source = new();
    readonly PosixSignalRegistration[] _registrations;
    readonly Surroundings _surroundings;

    public Interruption(Surroundings surroundings)
    {
        _surroundings = surroundings;
        _registrations = [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT]).Select(signal => PosixSignalRegistration.Create(signal, Signal))];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    void Signal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_source.IsCancellationRequested)
        {
            if (_surroundings.CanDraw)
                _surroundings.Error.Write(ShowCursor);
            Environment.Exit((int)ExitReason.Interrupted);
        }
        _surroundings.Error.WriteLine("Interrupted: ending as soon as nothing is left half done. Interrupt again to end at once.");
        _source.Cancel();
    }
}
