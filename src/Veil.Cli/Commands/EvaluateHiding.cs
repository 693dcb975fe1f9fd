using System.Globalization;
using Veil.Cli.Output;
using Veil.Detection;
using Veil.Evaluation.Hiding;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Cli.Commands;

/// <summary>The part of <c>veil evaluate detection</c> that measures how much of what is marked would be hidden.</summary>
internal static class EvaluateHiding
{
    /// <summary>Measures and prints.</summary>
    /// <param name="detector">Finds one kind.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="kind">That kind, whose usual policy says what is covered.</param>
    /// <param name="truth">A folder of Pascal VOC annotations.</param>
    /// <param name="decode">Reads a picture.</param>
    /// <param name="asJson">Whether to print JSON.</param>
    /// <param name="cancel">Stops.</param>
    public static void Run(
        DetectorDescriptor detector, DetectorOptions options, RegionKind kind, string truth, Func<string, PixelBuffer> decode, bool asJson, CancellationToken cancel)
    {
        var pictures = VocMarks.Read(truth);
        using var created = detector.Create(options);
        using var progress = new EvaluationLine();
        var accuracy = HidingEvaluator.Run(pictures, created, decode, RegionPolicy.For(kind), progress, cancel);
        if (asJson)
        {
            Console.Out.WriteLine(accuracy.ToJson());
            return;
        }

        Console.Out.WriteLine($"{detector.Id}: {accuracy.Pictures} pictures, {accuracy.Sizes[0].Marked} {RegionKinds.NameOf(kind)}");
        Table.Write(
            ["height, px", "marked", "hidden", "found"],
            accuracy.Sizes.Select(size => new[] { size.Height, size.Marked.ToString(CultureInfo.InvariantCulture), Share(size.Hidden), Share(size.Found) }));
        Console.Out.WriteLine("hidden: at least 0.9 of its area is covered; found: a region's box overlaps it by half (IoU)");
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{accuracy.WrongPerPicture:F2} regions a picture that touch nothing marked; {100 * accuracy.CoveredShare:F1} % of all pixels covered"));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{accuracy.DetectionMilliseconds:F0} ms a detection on one thread, {accuracy.Megapixels:F2} million pixels a picture"));
    }

    private static string Share(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
