using System.Globalization;
using Veil.Evaluation.Runs;

namespace Veil.Cli.Output;

/// <summary>
/// How far a long evaluation is, and how long the rest will take here: on a terminal one line that rewrites itself, elsewhere a
/// line for each step. Thread-safe.
/// </summary>
internal sealed class WorkLine : IProgress<WorkProgress>, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(0.2);

    private readonly TextWriter _output;
    private readonly bool _rewrites;
    private readonly int _width;
    private readonly Lock _gate = new();
    private DateTime _said = DateTime.MinValue;
    private string _step = "";
    private int _shown;

    /// <summary>On standard error.</summary>
    public WorkLine()
        : this(Console.Error, Console.IsErrorRedirected ? null : Console.WindowWidth)
    {
    }

    /// <summary>On any writer.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="width">Of the terminal in characters; null where it is none.</param>
    internal WorkLine(TextWriter output, int? width) => (_output, _rewrites, _width) = (output, width is not null, Math.Max(20, width ?? 0));

    /// <inheritdoc/>
    public void Report(WorkProgress value)
    {
        lock (_gate)
        {
            var another = value.Step != _step;
            if (!_rewrites)
            {
                if (another)
                {
                    _output.WriteLine(Words(value));
                }
            }
            else if (another || DateTime.UtcNow - _said >= Every || value.Done >= value.Total)
            {
                var words = Words(value);
                words = words.Length < _width ? words : words[..(_width - 2)] + "…";
                _output.Write("\r" + words.PadRight(Math.Min(_shown, _width - 1)));
                _shown = words.Length;
                _said = DateTime.UtcNow;
            }

            _step = value.Step;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_rewrites && _shown > 0)
            {
                _output.WriteLine();
                _shown = 0;
            }
        }
    }

    private static string Words(WorkProgress value)
    {
        var share = string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(Math.Floor(100 * value.Done / value.Total), 0, 100),3:F0} %");
        var left = value.Left is { } time && value.Done < value.Total ? $" · {DurationText.About(time)} left on this machine" : "";

        // Names of classes and files may hold anything, also what steers terminals.
        return share + "  " + string.Concat(value.Step.Select(character => char.IsControl(character) ? '\ufffd' : character)) + left;
    }
}
