using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Veil.Pipeline;

namespace Veil.Cli.Output;

/// <summary>A bar with rate and remaining time; failures stay above it.</summary>
internal sealed class TerminalProgress : IRunProgress
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(0.2);

    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public Task ShowAsync(int total, Func<Action<ItemResult>, Action<ItemProgress>, Task> work) => _console.Progress()
        .AutoClear(enabled: true)
        .Columns(new ProgressBarColumn(), new PercentageColumn(), new RateColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .StartAsync(context =>
        {
            var task = context.AddTask("starting", maxValue: Math.Max(1, total));
            var (done, meter) = (0, new FrameMeter());
            return work(
                result =>
                {
                    meter.Forget(result.Item);
                    task.Value = ++done;
                    task.Description = Markup.Escape(result.Item.Name);
                    if (result.Status == ItemStatus.Failed)
                    {
                        _console.MarkupLineInterpolated($"[red]{ItemLine.Failed(result)}[/]");
                    }
                },
                progress =>
                {
                    if (meter.Note(progress) is { } line && meter.IsDue(progress.Item, Every))
                    {
                        task.Description = Markup.Escape(line);
                        if (total == 1 && progress.Total > 0)
                        {
                            task.Value = Math.Min(0.999, (double)progress.Done / progress.Total);
                        }
                    }
                });
        });

    /// <summary>Items per second since the start.</summary>
    private sealed class RateColumn : ProgressColumn
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
        {
            var seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
            return new Text(string.Create(CultureInfo.InvariantCulture, $"{task.Value / Math.Max(seconds, 0.001):F1}/s"));
        }
    }
}
