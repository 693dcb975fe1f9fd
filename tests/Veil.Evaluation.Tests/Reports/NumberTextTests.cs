using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;

namespace Veil.Tests.Reports;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0.8712, ReportFormat.Share, "87.1 %")]
    [InlineData(0.00368, ReportFormat.FineShare, "0.37 %")]
    [InlineData(5734, ReportFormat.Count, "5,734")]
    [InlineData(41.237, ReportFormat.Number, "41.2")]
    [InlineData(0.012345, ReportFormat.Number, "0.0123")]
    [InlineData(1234.6, ReportFormat.Number, "1,235")]
    [InlineData(0.0000123, ReportFormat.Number, "1.23 × 10⁻⁵")]
    [InlineData(-0.5, ReportFormat.Share, "−50.0 %")]
    [InlineData(double.PositiveInfinity, ReportFormat.Number, "∞")]
    [InlineData(double.NaN, ReportFormat.Share, "–")]
    public void A_number_is_shown_as_its_column_asks(double value, ReportFormat format, string expected) =>
        Assert.Equal(expected, NumberText.Of(value, format).Replace('\u202f', ' '));

    [Theory]
    [InlineData(0.8712, 0.0123, ReportFormat.Share, "± 1.2")]
    [InlineData(41.237, 0.05, ReportFormat.Number, "± 0.05")]
    [InlineData(12, 3, ReportFormat.Count, "± 3")]
    public void A_margin_has_the_digits_of_its_number(double value, double margin, ReportFormat format, string expected) =>
        Assert.Equal(expected, NumberText.Margin(value, margin, format).Replace('\u202f', ' '));

    [Theory]
    [InlineData(20, "less than a minute")]
    [InlineData(70, "about a minute")]
    [InlineData(1500, "about 25 minutes")]
    [InlineData(3 * 3600, "about 3 hours")]
    [InlineData(50 * 3600, "about 2 days")]
    public void An_estimate_is_given_in_words(int seconds, string expected) => Assert.Equal(expected, DurationText.About(TimeSpan.FromSeconds(seconds)));
}
