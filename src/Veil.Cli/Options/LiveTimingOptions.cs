using System.CommandLine;
using System.Globalization;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Video.Live;

namespace Veil.Cli.Options;

/// <summary>Latency, size and rate of a live picture.</summary>
internal sealed class LiveTimingOptions
{
    private static readonly LiveOptions Defaults = new();

    private readonly Option<double> _latency = new("--latency")
    {
        Description = "Milliseconds between a frame's arrival and its output, 40 to 10000. A frame whose regions are not known by then is covered whole.",
        DefaultValueFactory = _ => Defaults.Latency.TotalMilliseconds,
        HelpName = "MS",
    };

    private readonly Option<int> _side = new("--longest-side")
    {
        Description = "Larger pictures are scaled down to this, pixels; 0 keeps their size.",
        DefaultValueFactory = _ => Defaults.LongestSide,
        HelpName = "PIXELS",
    };

    private readonly Option<int> _rate = new("--rate")
    {
        Description = "Most frames a second; a faster source is thinned out.",
        DefaultValueFactory = _ => Defaults.FramesPerSecond,
        HelpName = "N",
    };

    private readonly Option<double> _health = new("--health")
    {
        Description = "Seconds between two lines on how it goes.",
        DefaultValueFactory = _ => Defaults.HealthEvery.TotalSeconds,
        HelpName = "SECONDS",
    };

    private readonly Option<bool> _force = new("--force", "-f")
    {
        Description = "Overwrite a file that is there already.",
    };

    public void AddTo(Command command)
    {
        command.Add(_latency);
        command.Add(_side);
        command.Add(_rate);
        command.Add(_health);
        command.Add(_force);
    }

    public LiveOptions Read(ParseResult parsed)
    {
        var options = new LiveOptions
        {
            Latency = Span(parsed, _latency, 40, 10_000, TimeSpan.FromMilliseconds),
            HealthEvery = Span(parsed, _health, 0.1, 3600, TimeSpan.FromSeconds),
            LongestSide = parsed.GetValue(_side),
            FramesPerSecond = parsed.GetValue(_rate),
            Existing = parsed.GetValue(_force) ? OverwritePolicy.Replace : OverwritePolicy.Refuse,
        };
        Checked.Require(options);
        return options;
    }

    private static TimeSpan Span(ParseResult parsed, Option<double> option, double least, double most, Func<double, TimeSpan> unit) =>
        parsed.GetValue(option) is var value && value >= least && value <= most
            ? unit(value)
            : throw new VeilException(
                VeilErrorCode.InvalidOption, string.Create(CultureInfo.InvariantCulture, $"{option.Name} expects {least} to {most}, but received {value}."));
}
