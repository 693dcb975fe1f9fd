using System.Diagnostics;
using System.Globalization;
using Veil.Client;

// Loads a server that runs: clients who each send one picture after the other for some time. Says what was lost, how long answers took
// beside what one picture takes on its own, and what the server and its workers took of the processors, and held of the memory over time.
// Usage: Veil.ServeLoad ADDRESS KEY PICTURE [CLIENTS=50] [SECONDS=120] [SERVER-PROCESS-ID]
if (args.Length < 3)
{
    Console.Error.WriteLine("Usage: Veil.ServeLoad ADDRESS KEY PICTURE [CLIENTS] [SECONDS] [SERVER-PROCESS-ID]");
    return 2;
}

var picture = await File.ReadAllBytesAsync(args[2]);
var clients = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 50;
var time = TimeSpan.FromSeconds(args.Length > 4 ? int.Parse(args[4], CultureInfo.InvariantCulture) : 120);
int? server = args.Length > 5 ? int.Parse(args[5], CultureInfo.InvariantCulture) : null;
using var veil = new VeilClient(new VeilClientOptions { Address = new Uri(args[0]), ApiKey = args[1].Length > 0 ? args[1] : null, Retries = 1000 });

await SendAsync();
var alone = new List<double>();
for (var i = 0; i < 10; i++)
{
    alone.Add(await SendAsync());
}

var (latencies, lost, gate, clock) = (new List<double>(), 0, new Lock(), Stopwatch.StartNew());
var memory = WatchAsync();
var worked = ProcessorTime();
await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
{
    while (clock.Elapsed < time)
    {
        try
        {
            var took = await SendAsync();
            lock (gate)
            {
                latencies.Add(took);
            }
        }
        catch (Exception error) when (error is VeilApiException or HttpRequestException or IOException)
        {
            Console.Error.WriteLine(error.Message);
            Interlocked.Increment(ref lost);
        }
    }
})));
var seconds = clock.Elapsed.TotalSeconds;
worked = ProcessorTime() - worked;
latencies.Sort();
alone.Sort();
Console.WriteLine(FormattableString.Invariant($"clients {clients}, seconds {seconds:0}, answered {latencies.Count}, lost {lost}, per second {latencies.Count / seconds:0.0}"));
Console.WriteLine(FormattableString.Invariant($"one alone, ms: median {At(alone, 0.5):0}, p95 {At(alone, 0.95):0}"));
Console.WriteLine(FormattableString.Invariant($"under load, ms, with the time spent waiting to be let in: median {At(latencies, 0.5):0}, p95 {At(latencies, 0.95):0}, longest {latencies[^1]:0}"));
Console.WriteLine(FormattableString.Invariant($"processor time of the server and its workers, ms a picture: {worked.TotalMilliseconds / Math.Max(1, latencies.Count):0.0}"));
Console.WriteLine("memory of the server and its workers, MB, every tenth of the time: " + string.Join(' ', await memory));
return lost == 0 ? 0 : 1;

async Task<double> SendAsync()
{
    var begun = Stopwatch.GetTimestamp();
    using var result = await veil.AnonymizeImageAsync(() => new MemoryStream(picture));
    await result.Content.CopyToAsync(Stream.Null);
    return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
}

TimeSpan ProcessorTime() => server is { } id ? TimeSpan.FromTicks(FamilyOf(id).Sum(process => Ask(process, one => one.TotalProcessorTime.Ticks))) : TimeSpan.Zero;

async Task<List<long>> WatchAsync()
{
    var seen = new List<long>();
    for (var i = 0; server is { } id && i < 10; i++)
    {
        await Task.Delay(time / 10);
        seen.Add(FamilyOf(id).Sum(process => Ask(process, one => one.WorkingSet64)) >> 20);
    }

    return seen;
}

// Workers are children of the server; the fourth field of what Linux says about a process is its parent.
static IEnumerable<int> FamilyOf(int id)
{
    var children = Directory.EnumerateDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) ? process : 0)
        .Where(process => process > 0 && ParentOf(process) == id).ToList();
    return children.SelectMany(FamilyOf).Prepend(id);
}

static int ParentOf(int id)
{
    try
    {
        var said = File.ReadAllText($"/proc/{id}/stat");
        return int.Parse(said[(said.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }
    catch (IOException)
    {
        return 0;
    }
}

static long Ask(int id, Func<Process, long> question)
{
    try
    {
        using var process = Process.GetProcessById(id);
        return question(process);
    }
    catch (Exception error) when (error is ArgumentException or InvalidOperationException)
    {
        // It has ended since it was listed.
        return 0;
    }
}

static double At(List<double> sorted, double part) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * part))];
