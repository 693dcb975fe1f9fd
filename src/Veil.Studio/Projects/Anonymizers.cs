using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Veil.Studio.Projects;

/// <summary>Anonymizers by their settings: those used last stay loaded. Thread-safe.</summary>
internal sealed class Anonymizers : IDisposable
{
    private const int Kept = 3;

    private readonly Lock _gate = new();
    private readonly List<Loaded> _loaded = [];

    /// <summary>Lends an anonymizer; it is loaded when there is none with these settings.</summary>
    /// <param name="settings">The settings; those with people are never shared.</param>
    /// <exception cref="Errors.VeilException">The settings cannot be used here.</exception>
    public AnonymizerLease Lend(AnonymizerSettings settings)
    {
        if (settings.People is not null)
        {
            var own = Anonymizer.Create(settings);
            return new AnonymizerLease(own, own.Dispose);
        }

        var key = KeyOf(settings);
        Loaded entry;
        lock (_gate)
        {
            entry = _loaded.Find(one => one.Key == key) ?? new Loaded(key, new Lazy<Anonymizer>(() => Anonymizer.Create(settings)));
            _loaded.Remove(entry);
            _loaded.Insert(0, entry);
            entry.Users++;
        }

        try
        {
            return new AnonymizerLease(entry.Anonymizer.Value, () => Return(entry));
        }
        catch
        {
            Forget(entry);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _loaded.ForEach(Free);
            _loaded.Clear();
        }
    }

    /// <summary>Stands for settings: equal for equal ones.</summary>
    public static string KeyOf(AnonymizerSettings settings)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            AnonymizerSettingsJson.Write(json, settings);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + settings.Existing + settings.Video;
    }

    private static void Free(Loaded entry)
    {
        if (entry.Anonymizer.IsValueCreated)
        {
            entry.Anonymizer.Value.Dispose();
        }
    }

    // What failed to load is tried again the next time: what was missing may be there then.
    private void Forget(Loaded entry)
    {
        lock (_gate)
        {
            _loaded.Remove(entry);
        }
    }

    private void Return(Loaded entry)
    {
        lock (_gate)
        {
            entry.Users--;
            foreach (var idle in _loaded.Where(one => one.Users == 0).Skip(Kept).ToList())
            {
                _loaded.Remove(idle);
                Free(idle);
            }
        }
    }

    private sealed class Loaded(string key, Lazy<Anonymizer> anonymizer)
    {
        public string Key { get; } = key;

        public Lazy<Anonymizer> Anonymizer { get; } = anonymizer;

        public int Users { get; set; }
    }
}

/// <summary>An anonymizer for as long as it is needed. Disposing it gives it back.</summary>
/// <param name="anonymizer">The anonymizer.</param>
/// <param name="giveBack">Called once.</param>
internal sealed class AnonymizerLease(Anonymizer anonymizer, Action giveBack) : IDisposable
{
    private int _disposed;

    /// <summary>The anonymizer.</summary>
    public Anonymizer Anonymizer => anonymizer;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            giveBack();
        }
    }
}
