using System.Diagnostics;
using System.Globalization;
using Veil.Errors;

namespace Veil.Fuzz;

/// <summary>Runs cases one after the other and says before each which one it is, so that a crash or hang names its case.</summary>
internal static class FuzzWorker
{
    /// <summary>Runs until the parent closes standard input or ends this process.</summary>
    public static void Run(long from, TextWriter told)
    {
        var targets = FuzzTarget.All();
        for (var number = from; ; number++)
        {
            var one = FuzzCase.Create(targets, number);
            told.WriteLine(string.Create(CultureInfo.InvariantCulture, $"start {number} {one.Target.Name}"));
            told.Flush();
            told.WriteLine("end " + Try(one));
        }
    }

    /// <summary>Runs one case and shows it.</summary>
    public static int Repeat(long number)
    {
        var one = FuzzCase.Create(FuzzTarget.All(), number);
        var path = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"veil-fuzz-{number}.{one.Target.Name}"));
        File.WriteAllBytes(path, one.Bytes);
        Console.WriteLine($"{one.Target.Name}, {one.Bytes.Length} bytes, written to {path}");
        var clock = Stopwatch.StartNew();
        try
        {
            one.Target.Run(one.Bytes);
            Console.WriteLine($"accepted in {clock.Elapsed.TotalSeconds:F2} s");
            return 0;
        }
        catch (VeilException refusal)
        {
            Console.WriteLine($"refused in {clock.Elapsed.TotalSeconds:F2} s: {refusal.Code}: {refusal.Message}");
            return 0;
        }
    }

    private static string Try(FuzzCase one)
    {
        try
        {
            one.Target.Run(one.Bytes);
            return "accepted";
        }
        catch (VeilException refusal)
        {
            return "refused " + refusal.Code;
        }
        catch (Exception foreign)
        {
            // The finding: told to the parent, which counts and lists it.
            var place = foreign.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains(" Veil.", StringComparison.Ordinal))?.Trim() ?? "";
            return $"foreign {foreign.GetType().Name} {place} {foreign.Message.ReplaceLineEndings(" ")}";
        }
    }
}
