namespace Veil.Video.Live;

/// <summary>Counts what happens to live frames. Thread-safe.</summary>
/// <param name="clock">Of the session.</param>
internal sealed class LiveMeter(LiveClock clock)
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _latencies = [];
    private TimeSpan _since = clock.Now;
    private TimeSpan _longestSearch;
    private int _arrived;
    private int _shown;
    private int _whole;
    private int _dropped;
    private int _regions;
    private int _reconnects;
    private int _failures;
    private string? _lastFailure;

    /// <summary>A frame came in.</summary>
    public void Arrive() => Count(ref _arrived);

    /// <summary>A frame will not go out.</summary>
    public void Drop() => Count(ref _dropped);

    /// <summary>Source or sink was opened again.</summary>
    public void Reconnect() => Count(ref _reconnects);

    /// <summary>A detection came to its end.</summary>
    public void Search(TimeSpan took)
    {
        lock (_gate)
        {
            _longestSearch = took > _longestSearch ? took : _longestSearch;
        }
    }

    /// <summary>Something failed and the session goes on.</summary>
    /// <param name="what">Which part, in a word.</param>
    /// <param name="error">Why.</param>
    public void Fail(string what, Exception error)
    {
        lock (_gate)
        {
            _failures++;
            _lastFailure = $"{what}: {error.Message}";
        }
    }

    /// <summary>A frame went out.</summary>
    /// <param name="latency">Since its arrival.</param>
    /// <param name="regions">How many were covered; null when it was covered whole.</param>
    public void Show(TimeSpan latency, int? regions)
    {
        lock (_gate)
        {
            _latencies.Add(latency);
            if (regions is { } count)
            {
                _shown++;
                _regions = count;
            }
            else
            {
                _whole++;
            }
        }
    }

    /// <summary>What happened since the last call.</summary>
    public LiveHealth Take()
    {
        lock (_gate)
        {
            var now = clock.Now;
            _latencies.Sort();
            var health = new LiveHealth(
                now - _since, _arrived, _shown, _whole, _dropped, _regions, Latency(0.5), Latency(0.99), _longestSearch, _failures, _lastFailure, _reconnects);
            (_since, _arrived, _shown, _whole, _dropped, _failures, _lastFailure, _longestSearch) = (now, 0, 0, 0, 0, 0, null, TimeSpan.Zero);
            _latencies.Clear();
            return health;
        }
    }

    private void Count(ref int counter)
    {
        lock (_gate)
        {
            counter++;
        }
    }

    private TimeSpan Latency(double share) =>
        _latencies.Count == 0 ? TimeSpan.Zero : _latencies[Math.Min(_latencies.Count - 1, (int)(share * _latencies.Count))];
}
