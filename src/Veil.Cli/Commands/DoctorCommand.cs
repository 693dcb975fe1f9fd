using System.CommandLine;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Veil.Anonymization.Methods;
using Veil.Detection;
using Veil.Errors;
using Veil.Imaging;
using Veil.Onnx.Models;
using Veil.Pipeline.Isolation.Sandbox;
using Veil.Regions;
using Veil.TensorFlowLite.Native;
using Veil.Torch;
using Veil.Video.Ffmpeg;
using Veil.Vision;

namespace Veil.Cli.Commands;

/// <summary><c>veil doctor</c>: uses every part once and says what is missing and how to mend it.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Check that everything Veil needs is here and works.");
        command.SetAction(_ => Checks().Select(check => Run(check.Name, check.Check)).ToList().TrueForAll(sound => sound) ? ExitCode.Done : ExitCode.Environment);
        return command;
    }

    private static IEnumerable<(string Name, Func<string> Check)> Checks() =>
    [
        ("runtime", () => $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, {Environment.ProcessorCount} processors, {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0)}-bit vectors"),
        ("pictures", CheckPictures),
        ("emoji", CheckEmoji),
        ("vision", CheckVision),
        ("tflite", CheckTensorFlowLite),
        ("training", CheckTraining),
        ("video", CheckVideo),
        ("models", CheckModels),
        ("detection", CheckDetection),
        ("landmarks", CheckLandmarks),
        ("faces", CheckFaces),

        // It does its work without, too: 'veil serve --sandbox required' does not.
        ("sandbox", () => SandboxSupport.Description),
    ];

    private static string CheckPictures()
    {
        using var picture = Picture.FromPixels(new PixelBuffer(16, 16, PixelFormat.Rgb24), PictureFormat.Jpeg);
        using var back = Picture.Decode(picture.Encode());
        return $"libvips encodes and decodes; formats: {string.Join(", ", Enum.GetValues<PictureFormat>().Select(format => format.Name()))}; "
            + (PictureLibrary.WhyNoJpegBlocks is { Length: > 0 } reason ? "JPEGs are coded anew as a whole: " + reason : "JPEG blocks that no region touches are kept");
    }

    private static string CheckEmoji()
    {
        using var emoji = StickerFiles.Load(StickerFiles.Names.First());
        return $"{StickerFiles.Names.Count} pictures";
    }

    // Optional, like keeping JPEG blocks: what needs it says so, everything else works.
    private static string CheckVision() =>
        VisionLibrary.IsAvailable ? VisionLibrary.Versions : $"its detectors and methods cannot run: {VisionLibrary.WhyNot}. {VisionLibrary.Remedy}";

    private static string CheckTensorFlowLite() => TfLiteLibrary.WhyNot is { Length: > 0 } reason
        ? $"MediaPipe's networks cannot run: {reason}. {TfLiteLibrary.Remedy}"
        : $"TensorFlow Lite {TfLiteLibrary.Version}";

    // Only 'evaluate utility' trains.
    private static string CheckTraining() =>
        TorchLibrary.IsAvailable ? TorchLibrary.Versions : $"nothing can be trained: {TorchLibrary.WhyNot}. {TorchLibrary.Remedy}";

    // Optional, too: pictures need none of it.
    private static string CheckVideo()
    {
        if (!FfmpegPrograms.AreHere)
        {
            return "videos cannot be done: ffmpeg and ffprobe are not in PATH. Install them with your system's packages, e.g. apt-get install ffmpeg.";
        }

        try
        {
            return $"{FfmpegPrograms.Version}; encoders: {string.Join(", ", FfmpegPrograms.Encoders)}";
        }
        catch (VeilException error)
        {
            return $"videos cannot be done: {error.Message} {error.Hint}";
        }
    }

    private static string CheckModels()
    {
        var store = ModelStore.Default();
        var files = ModelManifest.All.Select(store.Check).ToList();
        return files.Find(file => file.State == ModelFileState.Altered) is { } altered
            ? throw new VeilException(VeilErrorCode.InvalidModel, $"{altered.Path} is not the file it should be.", $"Remove it and run 'veil models pull {altered.Entry.Id}'.")
            : $"{string.Join(", ", files.Where(file => file.State == ModelFileState.Present).Select(file => file.Entry.Id))} here, looked for in {string.Join(", ", store.Folders)}";
    }

    private static string CheckDetection()
    {
        var choice = Catalogues.Onnx(ModelStore.Default()).Default();
        using var detector = choice.Detector.Create(new DetectorOptions());
        using var blank = new PixelBuffer(320, 240, PixelFormat.Rgb24);
        detector.Detect(blank, CancellationToken.None);
        return $"{choice.Detector.Id} runs; {choice.Reason}. {choice.Hint}".TrimEnd();
    }

    // Optional: what needs dense points says what is missing.
    private static string CheckLandmarks()
    {
        using var blank = new PixelBuffer(320, 240, PixelFormat.Rgb24);
        var face = new Region(new Box(80, 40, 240, 200), RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand));
        return string.Join("; ", Catalogues.Landmarkers(ModelStore.Default()).All.Select(descriptor =>
        {
            try
            {
                using var landmarker = descriptor.Create();
                landmarker.Locate(blank, face);
                return $"{descriptor.Id} runs";
            }
            catch (VeilException error)
            {
                return $"{descriptor.Id} cannot run: {error.Message} {error.Hint}".TrimEnd();
            }
        }));
    }

    // Optional, too: it is made when it is wanted.
    private static string CheckFaces() => new FileInfo(Catalogues.Faces(ModelStore.Default()).PathOf(LatentSampling.Free, truncation: 1)) is { Exists: true } file
        ? $"the bank of generated faces is here, {file.Length >> 20} MB: {file}"
        : "the bank of generated faces is not here yet: 'veil models prepare' makes it, or the method synthetic when it is first used";

    private static bool Run(string name, Func<string> check)
    {
        try
        {
            Console.Out.WriteLine($"ok       {name,-10} {check()}");
            return true;
        }
        catch (VeilException error)
        {
            Console.Out.WriteLine($"MISSING  {name,-10} {error.Message} {error.Hint}".TrimEnd());
            return false;
        }
    }
}
