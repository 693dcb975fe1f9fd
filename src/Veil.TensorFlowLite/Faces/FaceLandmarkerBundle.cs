using System.IO.Compression;
using Veil.Errors;

namespace Veil.TensorFlowLite.Faces;

/// <summary>MediaPipe's <c>face_landmarker.task</c>: a zip archive of several networks, of which Veil runs one.</summary>
internal static class FaceLandmarkerBundle
{
    private const string Network = "face_landmarks_detector.tflite";
    private const int MostBytes = 1 << 26;

    /// <summary>The network that finds the points.</summary>
    /// <param name="bundle">The whole file.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: it is no such bundle, or a damaged one.</exception>
    public static byte[] ReadNetwork(byte[] bundle)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bundle, writable: false), ZipArchiveMode.Read);
            var entry = archive.GetEntry(Network) ?? throw Invalid($"one without {Network}", null);
            if (entry.Length is <= 0 or > MostBytes)
            {
                throw Invalid($"one whose network takes {entry.Length} bytes", null);
            }

            // Not a byte more than the archive promised, whatever is packed there.
            var network = new byte[entry.Length];
            using var packed = entry.Open();
            packed.ReadExactly(network);
            return network;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw Invalid("a damaged one", error);
        }
    }

    private static VeilException Invalid(string received, Exception? cause) => new(
        VeilErrorCode.InvalidModel, $"Expected MediaPipe's face landmarker, a bundle of networks, but received {received}.",
        "Get face_landmarker.task again.", cause);
}
