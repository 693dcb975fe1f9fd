using Veil.Pipeline;

namespace Veil.Studio.Projects;

/// <summary>The progress of an item that is gone through twice, e.g. made and then checked: each time is half of it. Not thread-safe: neither are those who report.</summary>
/// <param name="whole">Told how far the whole is.</param>
internal sealed class TwoPasses(IProgress<ItemProgress> whole) : IProgress<ItemProgress>
{
    private bool _isSecond;
    private int _last;

    /// <inheritdoc/>
    public void Report(ItemProgress value)
    {
        // Frames are counted from the start again.
        _isSecond |= value.Done < _last;
        _last = value.Done;
        whole.Report(value with { Done = (_isSecond ? value.Total + value.Done : value.Done) / 2 });
    }
}
