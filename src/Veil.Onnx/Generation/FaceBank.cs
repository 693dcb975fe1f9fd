using System.Diagnostics;
using Veil.Anonymization.Synthesis;
using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Onnx.Generation;

/// <summary>
/// A bank of generated faces: made once on a machine, then kept in a file. It is made of seeds alone, so that whoever has the
/// models has the same bank; the file may be deleted at any time. Thread-safe.
/// </summary>
public sealed class FaceBank
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.2);

    private FaceBank(IReadOnlyList<GeneratedFace> faces, string? remark) => (Faces, Remark) = (faces, remark);

    /// <summary>The faces, in the recipe's order, but for those in which no face was seen.</summary>
    public IReadOnlyList<GeneratedFace> Faces { get; }

    /// <summary>Why the bank could not be kept, and must be made again next time; null where it was.</summary>
    public string? Remark { get; }

    /// <summary>
    /// Opens a bank, and makes it where it is not there, is damaged, or of another recipe. What was made before an interruption
    /// is not made again. Where another process is making it, this one waits for that.
    /// </summary>
    /// <param name="recipe">What it is made by.</param>
    /// <param name="folder">Where it is kept; made when missing, for its owner alone.</param>
    /// <param name="start">Called when anything is to be made; gives what makes a face.</param>
    /// <param name="progress">Told after every face that is made; null for nobody.</param>
    /// <param name="cancellationToken">Stops between faces.</param>
    /// <exception cref="VeilException">A network failed or is missing.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; what was made stays.</exception>
    public static FaceBank Open(
        FaceRecipe recipe, string folder, Func<Func<FaceSource, MadeFace>> start, IProgress<FaceBankProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(start);
        var path = PathOf(recipe, folder);
        if (FaceBankFile.Open(path, recipe) is { } kept)
        {
            return new FaceBank(kept, null);
        }

        try
        {
            OwnerAlone.CreateFolder(folder);
            using var claim = Claim(path, () => progress?.Report(new FaceBankProgress(0, recipe.Faces.Count, null)), cancellationToken);
            if (FaceBankFile.Open(path, recipe) is { } others)
            {
                return new FaceBank(others, null);
            }

            Write(recipe, path, start, progress, cancellationToken);
            if (FaceBankFile.Open(path, recipe) is { } made)
            {
                return new FaceBank(made, null);
            }

            throw new IOException("what was written there reads otherwise");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return new FaceBank(InMemory(recipe, start, progress, cancellationToken), $"the bank of generated faces cannot be kept in {folder}, and is made anew each time: {error.Message}");
        }
    }

    /// <summary>The bank's file, whether it is there or not.</summary>
    /// <param name="recipe">What it is made by.</param>
    /// <param name="folder">Where banks are kept.</param>
    public static string PathOf(FaceRecipe recipe, string folder)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return Path.GetFullPath(Path.Combine(folder, recipe.FileName));
    }

    // A lock that the system takes back when the process ends, however it ends.
    private static FileStream Claim(string path, Action waits, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path + ".lock", Private(FileMode.OpenOrCreate));
            }
            catch (IOException error) when (IsHeld(error))
            {
                waits();
                cancellationToken.WaitHandle.WaitOne(Look);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    // EWOULDBLOCK of Linux and of macOS, and Windows' sharing violation.
    private static bool IsHeld(IOException error) => (error.HResult & 0xFFFF) is 11 or 35 or 32;

    private static FileStreamOptions Private(FileMode mode) =>
        new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 }.ForOwnerAlone();

    private static void Write(FaceRecipe recipe, string path, Func<Func<FaceSource, MadeFace>> start, IProgress<FaceBankProgress>? progress, CancellationToken cancellationToken)
    {
        var draft = path + ".part";
        using (var file = new FileStream(draft, Private(FileMode.OpenOrCreate)))
        {
            var done = FaceBankFile.Continue(file, recipe);
            MakeAll(recipe, done, start, record => file.Write(record.Bytes), progress, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    private static List<GeneratedFace> InMemory(FaceRecipe recipe, Func<Func<FaceSource, MadeFace>> start, IProgress<FaceBankProgress>? progress, CancellationToken cancellationToken)
    {
        var faces = new List<GeneratedFace>();
        MakeAll(recipe, 0, start, record => FaceBankFile.Add(faces, record), progress, cancellationToken);
        return faces;
    }

    private static void MakeAll(
        FaceRecipe recipe, int done, Func<Func<FaceSource, MadeFace>> start, Action<FaceRecord> take, IProgress<FaceBankProgress>? progress, CancellationToken cancellationToken)
    {
        if (done == recipe.Faces.Count)
        {
            return;
        }

        progress?.Report(new FaceBankProgress(done, recipe.Faces.Count, null));
        var make = start();
        var begun = Stopwatch.GetTimestamp();
        for (var next = done; next < recipe.Faces.Count; next++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using (var face = make(recipe.Faces[next]))
            {
                take(FaceRecord.Of(recipe.Faces[next].Seed, face));
            }

            var left = Stopwatch.GetElapsedTime(begun) / (next + 1 - done) * (recipe.Faces.Count - next - 1);
            progress?.Report(new FaceBankProgress(next + 1, recipe.Faces.Count, left));
        }
    }
}
