namespace Veil.Studio.Editing;

/// <summary>Makes one gesture of keystrokes that follow each other quickly on the same region: holding an arrow key is one step of undoing.</summary>
/// <param name="time">The clock.</param>
internal sealed class NudgeGestures(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private (int Frame, int Region) _on;
    private long _last;
    private EditGesture? _gesture;

    /// <summary>The gesture that a keystroke belongs to.</summary>
    public EditGesture Next(int frame, int region)
    {
        var now = time.GetTimestamp();
        if (_gesture is null || _on != (frame, region) || time.GetElapsedTime(_last, now) > Pause)
        {
            _gesture = new EditGesture();
        }

        (_on, _last) = ((frame, region), now);
        return _gesture;
    }
}
