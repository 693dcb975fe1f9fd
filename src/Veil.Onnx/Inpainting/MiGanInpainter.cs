using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Veil.Anonymization;
using Veil.Errors;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Onnx.Inference;
using Veil.Onnx.Models;
using Veil.Regions;

namespace Veil.Onnx.Inpainting;

/// <summary>
/// Fills holes with what a network makes of their surroundings: MI-GAN (Sargsyan et al., MI-GAN: A Simple Baseline for Image
/// Inpainting on Mobile Devices, 2023), trained on places at 512×512. Good at ground, walls, foliage and sky; it knows no faces.
/// </summary>
/// <remarks>
/// The largest hole comes first. Each is seen in a window of twice its size, at least 512 pixels, which is brought to the
/// network's size; smaller holes that lie in the same window are filled with it, all others count as unknown. What lies
/// under a hole is wiped before anything is computed, and nothing but holes is written. A window is stretched where the
/// picture is too small for a square. Thread-safe: one session is shared, and each call runs on its caller's thread.
/// </remarks>
public sealed class MiGanInpainter : IDisposable
{
    /// <summary>The model's id in the manifest.</summary>
    public const string ModelId = "migan";

    /// <summary>Columns and rows that the network works on.</summary>
    private const int Side = 512;

    /// <summary>
    /// The graph blends its result into the known pixels over three pixels on the hole's side. A hole that is wider by as much
    /// leaves the hole itself to the network alone.
    /// </summary>
    private const int Blend = 3;

    /// <summary>What stands for unknown pixels. Nothing of it reaches the result, except where nothing at all is known.</summary>
    private const byte Unknown = 128;

    private static readonly string[] Inputs = ["image", "mask"];
    private static readonly string[] Outputs = ["result"];

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();

    private MiGanInpainter(InferenceSession session) => _session = session;

    /// <summary>Loads the network.</summary>
    /// <param name="store">Where models are.</param>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.InvalidModel"/>: missing, altered, or refused by the licence filter;
    /// <see cref="VeilErrorCode.MissingNative"/>: ONNX Runtime does not load.
    /// </exception>
    public static MiGanInpainter Load(ModelStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new MiGanInpainter(OnnxModel.Open(ModelId, store.Read(ModelManifest.Find(ModelId)), threads: 1));
    }

    /// <summary>Fills holes: an <see cref="Inpainter"/>.</summary>
    /// <param name="image">The picture, <see cref="PixelFormat.Rgb24"/>, changed in place where the hole is.</param>
    /// <param name="hole">Pixels with coverage above 0 are filled; within the picture's bounds, and may be all of it.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.AnonymizationFailed"/>: ONNX Runtime failed.</exception>
    public void Fill(PixelBuffer image, RegionMask hole)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(hole);
        var left = Hole.Find(hole).OrderByDescending(one => one.LongSide).ToList();
        var unknown = new byte[image.Width * image.Height];
        foreach (var run in left.SelectMany(one => one.Runs))
        {
            unknown.AsSpan((run.Y * image.Width) + run.Left, run.Right - run.Left).Fill(byte.MaxValue);
        }

        while (left is [var largest, ..])
        {
            var window = Window(largest, image.Bounds);
            var filled = left.Where(one => one == largest || Belongs(one, largest, window, image.Bounds)).ToHashSet();
            Fill(image, unknown, window, filled);
            left.RemoveAll(filled.Contains);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    /// <summary>The part of a picture that a hole is seen in: twice its size, where the picture has as much.</summary>
    internal static PixelRect Window(Hole hole, PixelRect picture)
    {
        var side = Reach(hole);
        var (width, height) = (Math.Min(side, picture.Width), Math.Min(side, picture.Height));
        var left = Math.Clamp(((hole.Bounds.Left + hole.Bounds.Right) / 2) - (width / 2), 0, picture.Width - width);
        var top = Math.Clamp(((hole.Bounds.Top + hole.Bounds.Bottom) / 2) - (height / 2), 0, picture.Height - height);
        return new PixelRect(left, top, left + width, top + height);
    }

    private static int Reach(Hole hole) => Math.Max(Side, 2 * hole.LongSide);

    /// <summary>Whether a hole would get no closer look in a window of its own, and has room around itself in this one.</summary>
    private static bool Belongs(Hole hole, Hole largest, PixelRect window, PixelRect picture)
    {
        var wanted = hole.Bounds.Inflate(Reach(hole) / 8).Intersect(picture);
        return Reach(hole) == Reach(largest) && wanted.Intersect(window) == wanted;
    }

    private void Fill(PixelBuffer image, byte[] unknown, PixelRect window, IEnumerable<Hole> holes)
    {
        using var seen = image.View(window).Clone();
        var gaps = new byte[window.Width * window.Height];
        for (var y = 0; y < window.Height; y++)
        {
            var row = gaps.AsSpan(y * window.Width, window.Width);
            unknown.AsSpan(((window.Top + y) * image.Width) + window.Left, window.Width).CopyTo(row);
            var pixels = MemoryMarshal.Cast<byte, Rgb>(seen.Row(y));
            for (var x = 0; x < row.Length; x++)
            {
                pixels[x] = row[x] == 0 ? pixels[x] : new Rgb(Unknown, Unknown, Unknown);
            }
        }

        if (gaps.AsSpan().Contains((byte)0))
        {
            using var square = new PixelBuffer(Side, Side, PixelFormat.Rgb24);
            Resampler.Apply(seen.Span, seen.Stride, seen.Width, seen.Height, square.Span, square.Stride, Side, Side, 3, Resampling.Area);
            Infer(square, Known(gaps, window));
            Resampler.Apply(square.Span, square.Stride, Side, Side, seen.Span, seen.Stride, seen.Width, seen.Height, 3, Resampling.Bilinear);
        }

        foreach (var run in holes.SelectMany(hole => hole.Runs))
        {
            var (from, length) = (run.Left - window.Left, run.Right - run.Left);
            seen.Row(run.Y - window.Top).Slice(from * 3, length * 3).CopyTo(image.Row(run.Y)[(run.Left * 3)..]);
            unknown.AsSpan((run.Y * image.Width) + run.Left, length).Clear();
        }
    }

    /// <summary>The network's mask: 255 where no unknown pixel had any part in a pixel, 0 there and a little around.</summary>
    private static byte[] Known(byte[] gaps, PixelRect window)
    {
        var (touched, mask) = (new byte[Side * Side], new byte[Side * Side]);
        Resampler.Apply(gaps, window.Width, window.Width, window.Height, touched, Side, Side, Side, 1, Resampling.Area);
        for (var i = 0; i < touched.Length; i++)
        {
            touched[i] = touched[i] == 0 ? (byte)0 : byte.MaxValue;
        }

        Morphology.Dilate(touched, Side, mask, Side, Side, Side, 1, (2 * Blend) + 1, 1);
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = (byte)~mask[i];
        }

        return mask;
    }

    private void Infer(PixelBuffer square, byte[] mask)
    {
        const int plane = Side * Side;
        var pixels = MemoryMarshal.Cast<byte, Rgb>(square.Span);
        var planes = new byte[3 * plane];
        for (var i = 0; i < plane; i++)
        {
            (planes[i], planes[plane + i], planes[(2 * plane) + i]) = (pixels[i].R, pixels[i].G, pixels[i].B);
        }

        try
        {
            using var image = OrtValue.CreateTensorValueFromMemory(planes, [1, 3, Side, Side]);
            using var known = OrtValue.CreateTensorValueFromMemory(mask, [1, 1, Side, Side]);
            using var results = _session.Run(_run, Inputs, [image, known], Outputs);
            var result = results[0].GetTensorDataAsSpan<byte>();
            for (var i = 0; i < plane; i++)
            {
                pixels[i] = new Rgb(result[i], result[plane + i], result[(2 * plane) + i]);
            }
        }
        catch (OnnxRuntimeException failure)
        {
            throw new VeilException(VeilErrorCode.AnonymizationFailed, $"Model '{ModelId}' failed on {Side}×{Side} pixels: {failure.Message}", innerException: failure);
        }
    }
}
