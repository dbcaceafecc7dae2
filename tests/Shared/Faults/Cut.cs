namespace PgRoll.Build.Testing;

/// <summary>Where a connection ends.</summary>
enum CutAt
{
    /// <summary>The server never hears of the request.</summary>
    Request,

    /// <summary>The server did what it was asked, and the client never hears of it.</summary>
    Answer,
}

/// <summary>The end of a connection at one of a client's requests to the server; a request is what the client sends before it waits.</summary>
/// <param name="Number">Which request, from 1.</param>
/// <param name="At">Before or after the server had it.</param>
readonly record struct Cut(int Number, CutAt At);
