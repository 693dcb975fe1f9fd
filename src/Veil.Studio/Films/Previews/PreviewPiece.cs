namespace Veil.Studio.Films.Previews;

/// <summary>A piece of a film as browsers play it.</summary>
/// <param name="First">Its first frame.</param>
/// <param name="Frames">How many.</param>
/// <param name="Key">Which file; null while there is none.</param>
/// <param name="State">Whether the file shows what is to be seen now.</param>
internal sealed record PreviewPiece(int First, int Frames, string? Key, PieceState State);

/// <summary>Whether a piece shows what is to be seen now.</summary>
internal enum PieceState
{
    /// <summary>It is being made, or waits for it.</summary>
    Missing,

    /// <summary>It shows a result as it was before the last change; another is being made.</summary>
    Stale,

    /// <summary>It does.</summary>
    Ready,
}
