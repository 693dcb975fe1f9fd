using Veil.Evaluation.Reports;

namespace Veil.Evaluation.Frontier;

/// <summary>Figures inside sentences.</summary>
internal static class NumberWords
{
    /// <summary>A share as per cent with one digit.</summary>
    public static string Share(double value) => NumberText.Of(value, ReportFormat.Share);

    /// <summary>A small share as per cent with two digits.</summary>
    public static string FineShare(double value) => NumberText.Of(value, ReportFormat.FineShare);
}
