using System.Globalization;
using Veil.Fuzz;

// MINUTES [--seed N]     fuzzes for that long, in worker processes
// case N                 repeats one case in this process and shows what happens
// worker N               what the parent starts: cases from N on, told on standard output
switch (args)
{
    case ["worker", var from]:
        FuzzWorker.Run(long.Parse(from, CultureInfo.InvariantCulture), Console.Out);
        return 0;
    case ["case", var number]:
        return FuzzWorker.Repeat(long.Parse(number, CultureInfo.InvariantCulture));
    case [var minutes]:
        return await FuzzRun.ExecuteAsync(TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)), Environment.TickCount64 * 1_000_000);
    case [var minutes, "--seed", var seed]:
        return await FuzzRun.ExecuteAsync(TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)), long.Parse(seed, CultureInfo.InvariantCulture));
    default:
        await Console.Error.WriteLineAsync("Expected MINUTES [--seed N], or: case N");
        return 2;
}
