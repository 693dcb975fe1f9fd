namespace Veil.Video.Live;

/// <summary>Counts what happens to live frames. Thread-safe.</summary>
internal sealed class LiveMeter
{
    private readonly Lock _gate = new();
    private readonly List<double> _latencies = [];
    private long _since = System.Diagnostics.Stopwatch.GetTimestamp();
    private int _arrived;
    private int _shown;
    private int _whole;
    private int _dropped;
    private int _regions;
    private int _reconnects;

    public void Arrive()
    {
        lock (_gate)
        {
            _arrived++;
        }
    }

    public void Drop()
    {
        lock (_gate)
        {
            _dropped++;
        }
    }

    public void Reconnect()
    {
        lock (_gate)
        {
            _reconnects++;
        }
    }

    /// <summary>A frame went out.</summary>
    /// <param name="latency">Since its arrival.</param>
    /// <param name="regions">How many were covered; null when it was covered whole.</param>
    public void Show(TimeSpan latency, int? regions)
    {
        lock (_gate)
        {
            _latencies.Add(latency.TotalSeconds);
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
            var now = System.Diagnostics.Stopwatch.GetTimestamp();
            _latencies.Sort();
            var health = new LiveHealth(
                System.Diagnostics.Stopwatch.GetElapsedTime(_since, now), _arrived, _shown, _whole, _dropped, _regions, Latency(0.5), Latency(0.99), _reconnects);
            (_since, _arrived, _shown, _whole, _dropped) = (now, 0, 0, 0, 0);
            _latencies.Clear();
            return health;
        }
    }

    private TimeSpan Latency(double share) =>
        _latencies.Count == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(_latencies[Math.Min(_latencies.Count - 1, (int)(share * _latencies.Count))]);
}
