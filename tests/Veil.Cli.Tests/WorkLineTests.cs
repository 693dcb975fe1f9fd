using Veil.Cli.Output;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;

namespace Veil.Tests;

public sealed class WorkLineTests
{
    [Fact]
    public void A_log_gets_a_line_for_each_step()
    {
        var output = new StringWriter { NewLine = "\n" };
        using (var line = new WorkLine(output, width: null))
        {
            line.Report(new WorkProgress("veil, seed 1", 0, 100, null));
            line.Report(new WorkProgress("veil, seed 1", 10, 100, TimeSpan.FromMinutes(26)));
            line.Report(new WorkProgress("veil, seed 2", 25, 100, TimeSpan.FromMinutes(25)));
        }

        Assert.Equal("  0 %  veil, seed 1\n 25 %  veil, seed 2 · about 25 minutes left on this machine\n", output.ToString());
    }

    [Fact]
    public void A_terminal_gets_one_line_that_fits_and_hides_controls()
    {
        var output = new StringWriter { NewLine = "\n" };
        using (var line = new WorkLine(output, width: 30))
        {
            line.Report(new WorkProgress("a\u001b[2Jname that is longer than the terminal is wide", 1, 2, TimeSpan.FromHours(3)));
            line.Report(new WorkProgress("b", 2, 2, TimeSpan.Zero));
        }

        var parts = output.ToString().Split('\r');
        Assert.DoesNotContain('\u001b', output.ToString());
        Assert.All(parts, part => Assert.InRange(part.TrimEnd('\n').Length, 0, 29));
        Assert.Equal("100 %  b".PadRight(29) + "\n", parts[^1]);
    }

    [Theory]
    [InlineData("veil evaluate privacy lfw -m 'pixelate:*' gaussian:sigma=0.1", "veil", "evaluate", "privacy", "lfw", "-m", "pixelate:*", "gaussian:sigma=0.1")]
    [InlineData(@"veil 'it'\''s here' '' '$(rm)' '~'", "veil", "it's here", "", "$(rm)", "~")]
    public void A_command_is_quoted_for_the_shell(string expected, params string[] words) => Assert.Equal(expected, ShellWords.Line(words));
}
