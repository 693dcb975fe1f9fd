using System.Diagnostics;

namespace Veil.LivePage;

/// <summary>What can be measured of the live page.</summary>
internal static class Measurements
{
    /// <summary>Frames as planes and as JPEG, in turns.</summary>
    public static async Task<int> TransportAsync(string program, string clip, int seconds)
    {
        Console.WriteLine("| frames go as | a second | delay p50 | delay p95 | browser, cores | studio, cores |\n|---|---|---|---|---|---|");
        foreach (var coding in new[] { Coding.Own, Coding.Jpeg, Coding.Own, Coding.Jpeg })
        {
            using var studio = new StudioProcess(program);
            await using var visit = await LiveVisit.OpenAsync(studio, clip, coding, watch: false);
            await visit.Page.EvaluateAsync("() => { window.before = document.querySelector('canvas').veilLive.pictures; }");
            var (browser, server, watch) = (Browser(), ProcessorTime.Of(studio.Id), Stopwatch.StartNew());
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            var took = watch.Elapsed.TotalSeconds;
            var (browserAfter, serverAfter) = (Browser(), ProcessorTime.Of(studio.Id));
            var delays = await visit.Page.EvaluateAsync<double[]>("seconds => document.querySelector('canvas').veilLive.delays().slice(-20 * seconds)", seconds);
            var rate = await visit.Page.EvaluateAsync<double>("() => document.querySelector('canvas').veilLive.pictures - window.before") / took;
            Array.Sort(delays);
            Console.WriteLine($"| {coding} | {rate:0.0} | {delays[delays.Length / 2]:0} ms | {delays[delays.Length * 95 / 100]:0} ms | {(browserAfter.Seconds - browser.Seconds) / took:0.00} | {(serverAfter.Seconds - server.Seconds) / took:0.00} |");
        }

        return 0;
    }

    /// <summary>The longest time between two covered pictures around changes, for programs in turns.</summary>
    public static async Task<int> ChangesAsync(string clip, string[] programs)
    {
        (string Label, string Value)[] changes = [("Method", "solid"), ("Method", "pixelate"), ("Strength", "0"), ("Strength", "2"), ("Method", "veil"), ("Number plates", "on"), ("Number plates", "off"), ("Shape", "classic"), ("Shape", "wide")];
        Console.WriteLine("| change | " + string.Join(" | ", programs.Select((_, index) => $"program {index + 1}, longest gap | grey")) + " |\n|---|" + string.Concat(programs.Select(_ => "---|---|")));
        var rows = changes.ToDictionary(change => change, _ => new List<string>());
        var nothing = new List<string>();
        foreach (var program in programs)
        {
            using var studio = new StudioProcess(program);
            await using var visit = await LiveVisit.OpenAsync(studio, clip, Coding.Own, watch: true);
            nothing.Add(await GapAsync(visit, () => Task.CompletedTask));
            foreach (var change in changes)
            {
                rows[change].Add(await GapAsync(visit, () => ChangeAsync(visit.Page, change.Label, change.Value)));
            }
        }

        Console.WriteLine($"| none | {string.Join(" | ", nothing)} |");
        foreach (var ((label, value), gaps) in rows)
        {
            Console.WriteLine($"| {label}: {value} | {string.Join(" | ", gaps)} |");
        }

        return 0;
    }

    /// <summary>What coding one frame takes in the browser, and pictures coded by it.</summary>
    public static async Task<int> CodingAsync(string program, string clip, string[] pictures)
    {
        using var studio = new StudioProcess(program);
        await using var visit = await LiveVisit.OpenAsync(studio, clip, Coding.Own, watch: false);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Stop the camera" }).DispatchEventAsync("click");
        foreach (var row in await visit.Page.EvaluateAsync<string[]>(BrowserCodecs.Script))
        {
            Console.WriteLine(row);
        }

        foreach (var picture in pictures)
        {
            var source = Convert.ToBase64String(await File.ReadAllBytesAsync(picture));
            foreach (var (type, ending) in new[] { ("image/jpeg", ".jpg"), ("image/webp", ".webp") })
            {
                var coded = await visit.Page.EvaluateAsync<string>(BrowserCodecs.Convert, new { source, type });
                var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(picture))!, "as" + ending.Replace('.', '-')));
                await File.WriteAllBytesAsync(Path.Combine(folder.FullName, Path.GetFileNameWithoutExtension(picture) + ending), Convert.FromBase64String(coded));
            }
        }

        return 0;
    }

    /// <summary>The same clip by veil live, whose page nobody looks at.</summary>
    public static async Task<int> CommandAsync(string program, string clip, int seconds)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "live", clip, "page:0", "--latency", "300"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _ = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(5));
            var (before, watch) = (ProcessorTime.Of(process.Id), Stopwatch.StartNew());
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            var after = ProcessorTime.Of(process.Id);
            Console.WriteLine($"| veil live, {(process.HasExited ? "ended" : "with ffmpeg")} | {(after.Seconds - before.Seconds) / watch.Elapsed.TotalSeconds:0.00} cores |");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        return 0;
    }

    /// <summary>Memory of browser and studio while a recording goes on.</summary>
    public static async Task<int> RecordingAsync(string program, string clip, int seconds)
    {
        using var studio = new StudioProcess(program);
        await using var visit = await LiveVisit.OpenAsync(studio, clip, Coding.Own, watch: false);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Record", Exact = true }).DispatchEventAsync("click");
        Console.WriteLine("| recorded | browser | studio |\n|---|---|---|");
        var watch = Stopwatch.StartNew();
        for (var step = 0; step <= 6; step++)
        {
            await Task.Delay(TimeSpan.FromSeconds(Math.Max(0, (step * seconds / 6.0) - watch.Elapsed.TotalSeconds)));
            Console.WriteLine($"| {watch.Elapsed.TotalSeconds:0} s | {Browser().Mebibytes:0} MiB | {ProcessorTime.Of(studio.Id).Mebibytes:0} MiB |");
        }

        var film = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Stop and save" }).DispatchEventAsync("click"));
        Console.WriteLine($"the film: {new FileInfo(await film.PathAsync()).Length >> 20} MiB");
        return 0;
    }

    private static (double Seconds, double Mebibytes) Browser() => ProcessorTime.Of(Environment.ProcessId, "chromium");

    private static async Task<string> GapAsync(LiveVisit visit, Func<Task> change)
    {
        await Task.Delay(TimeSpan.FromSeconds(2));
        await visit.Page.EvaluateAsync("() => { window.drawn.length = 0; }");
        await Task.Delay(TimeSpan.FromSeconds(0.5));
        await change();
        await Task.Delay(TimeSpan.FromSeconds(4));
        return await visit.Page.EvaluateAsync<string>("""
            () => {
              const covered = window.drawn.filter(one => !one.grey).map(one => one.at);
              const gap = Math.max(...covered.slice(1).map((at, index) => at - covered[index]));
              return `${Math.round(gap)} ms | ${window.drawn.length - covered.length}`;
            }
            """);
    }

    private static Task ChangeAsync(IPage page, string label, string value) => (label, value) switch
    {
        ("Strength", _) => page.EvalOnSelectorAsync("#live-strength", "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('change', { bubbles: true })); }", value),
        (_, "on") => page.GetByLabel(label).CheckAsync(new() { Force = true }),
        (_, "off") => page.GetByLabel(label).UncheckAsync(new() { Force = true }),
        _ => page.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(value, new() { Force = true }),
    };
}
