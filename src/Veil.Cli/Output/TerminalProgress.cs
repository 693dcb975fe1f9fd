using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Veil.Pipeline;

namespace Veil.Cli.Output;

/// <summary>A bar with rate and remaining time; failures stay above it.</summary>
internal sealed class TerminalProgress : IRunProgress
{
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public Task ShowAsync(int total, Func<Action<ItemResult>, Task> work) => _console.Progress()
        .AutoClear(enabled: true)
        .Columns(new ProgressBarColumn(), new PercentageColumn(), new RateColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .StartAsync(context =>
        {
            var task = context.AddTask("starting", maxValue: Math.Max(1, total));
            return work(result =>
            {
                task.Increment(1);
                task.Description = Markup.Escape(result.Item.Name);
                if (result.Status == ItemStatus.Failed)
                {
                    _console.MarkupLineInterpolated($"[red]{ItemLine.Failed(result)}[/]");
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
