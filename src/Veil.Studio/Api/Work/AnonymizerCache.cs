using Veil.Pipeline;

namespace Veil.Studio.Api.Work;

/// <summary>
/// Works in this process. Keeps the networks of the settings that were used last loaded. One that somebody works with stays until they are done, also when
/// others have taken its place. Thread-safe.
/// </summary>
/// <param name="capacity">Settings that are kept when nobody works with them.</param>
internal sealed class AnonymizerCache(int capacity) : IAnonymizerSource
{
    /// <summary>How many are kept where nobody says otherwise.</summary>
    public const int UsualCapacity = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _clock;
    private bool _disposed;

    /// <inheritdoc/>
    public IAnonymizerLease Rent(AnonymizerSettings settings)
    {
        var key = ApiSettings.Write(settings) + settings.Limits;
        Entry entry;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_entries.TryGetValue(key, out entry!))
            {
                _entries[key] = entry = new Entry(key, new Lazy<Anonymizer>(() => Anonymizer.Create(settings)));
            }

            entry.Users++;
            entry.Used = ++_clock;
        }

        try
        {
            return new Lease(this, entry, entry.Made.Value);
        }
        catch
        {
            // What is missing now may be there next time.
            lock (_gate)
            {
                _entries.Remove(key);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        List<Entry> idle;
        lock (_gate)
        {
            _disposed = true;
            idle = [.. _entries.Values.Where(entry => entry.Users == 0)];
            _entries.Clear();
        }

        idle.ForEach(End);
    }

    private void Return(Entry entry)
    {
        var gone = new List<Entry>();
        lock (_gate)
        {
            entry.Users--;
            if (entry.Users == 0 && !(_entries.TryGetValue(entry.Key, out var kept) && kept == entry))
            {
                gone.Add(entry);
            }

            foreach (var oldest in _entries.Values.Where(one => one.Users == 0).OrderByDescending(one => one.Used).Skip(capacity).ToList())
            {
                _entries.Remove(oldest.Key);
                gone.Add(oldest);
            }
        }

        gone.ForEach(End);
    }

    private static void End(Entry entry)
    {
        if (entry.Made.IsValueCreated)
        {
            entry.Made.Value.Dispose();
        }
    }

    private sealed class Lease(AnonymizerCache cache, Entry entry, Anonymizer anonymizer) : IAnonymizerLease
    {
        private int _returned;

        public SettingsFacts Facts => entry.Facts.Value;

        public ItemResult Process(Assignment assignment, CancellationToken cancellationToken) => assignment.Work == AssignedWork.Find
            ? anonymizer.Find(assignment.Planned.Item.Path, assignment.Progress, cancellationToken)
            : anonymizer.Process(assignment.Planned, assignment.Progress, cancellationToken);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) == 0)
            {
                cache.Return(entry);
            }
        }
    }

    private sealed class Entry(string key, Lazy<Anonymizer> made)
    {
        public string Key { get; } = key;

        public Lazy<Anonymizer> Made { get; } = made;

        public Lazy<SettingsFacts> Facts { get; } = new(() => SettingsFacts.Of(made.Value));

        public int Users { get; set; }

        public long Used { get; set; }
    }
}
