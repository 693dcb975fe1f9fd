using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Evaluation.Utility;

/// <summary>
/// An unfinished training on disk, so that it goes on after any interruption exactly as it would have without: the present weights
/// and the best ones so far, in files that appear whole or not at all and carry their own hash.
/// </summary>
/// <remarks>
/// <c>NAME.best-EPOCH</c> is written first and then named by <c>NAME</c>: at any moment what is named is there. Each is a header
/// (its length as 32-bit number, JSON), the classifier's state, and the SHA-256 of both. After the best epoch itself <c>NAME</c>
/// has no state of its own: weights take hundreds of megabytes.
/// </remarks>
/// <param name="path">Full path without ending; the folder is made when missing.</param>
/// <param name="identity">Stands for all that the training depends on.</param>
internal sealed class TrainingCheckpoint(string path, string identity)
{
    /// <summary>Goes on where an earlier start stopped.</summary>
    /// <param name="classifier">Takes the weights.</param>
    /// <returns>Null, and the classifier as it was, when there is nothing whole to go on with.</returns>
    public TrainingState? Load(ITrainableClassifier classifier)
    {
        if (Read(path) is not { } present || present.Header.Identity != identity || Read(BestPath(present.Header.BestEpoch)) is not { } best || best.Header.Identity != identity)
        {
            return null;
        }

        classifier.Load(present.Header.BestEpoch == present.Header.Curve.Count ? best.State : present.State);
        return new TrainingState(present.Header.Curve, present.Header.BestEpoch, best.State, present.Header.Milliseconds);
    }

    /// <summary>Keeps an epoch.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>, e.g. when the disk is full.</exception>
    public void Save(ITrainableClassifier classifier, TrainingState state)
    {
        var header = new CheckpointHeader(identity, state.Curve, state.BestEpoch, state.Milliseconds);
        var best = BestPath(state.BestEpoch);
        try
        {
            if (state.BestEpoch == state.Curve.Count)
            {
                Write(best, header, state.Best!);
                Write(path, header, []);
            }
            else
            {
                Write(path, header, classifier.Save());
            }

            Delete(kept: [path, best]);
            TemporaryFile.RemoveFor(best, TimeSpan.Zero);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"A checkpoint cannot be kept in '{path}': {error.Message}", "Make room on its disk; the same command then goes on.", error);
        }
    }

    /// <summary>Removes it, for a training that is finished.</summary>
    public void Remove() => Delete(kept: []);

    private string BestPath(int epoch) => path + ".best-" + epoch.ToString(CultureInfo.InvariantCulture);

    private void Delete(IReadOnlyList<string> kept)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(folder, Path.GetFileName(path) + "*").Except(kept).ToList())
        {
            File.Delete(file);
        }

        TemporaryFile.RemoveFor(path, TimeSpan.Zero);
    }

    private static void Write(string path, CheckpointHeader header, byte[] state)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(header, UtilityJson.Default.CheckpointHeader);
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, json.Length);
        using var draft = new OutputFile(path, OverwritePolicy.Replace, durability: OutputDurability.Synced).Begin(length.Length + json.Length + state.Length + SHA256.HashSizeInBytes);
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        using (var file = new FileStream(draft.Path, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            foreach (var part in new[] { length, json, state })
            {
                hash.AppendData(part);
                file.Write(part);
            }

            file.Write(hash.GetHashAndReset());
        }

        draft.Complete();
    }

    private static (CheckpointHeader Header, byte[] State)? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < sizeof(int) + SHA256.HashSizeInBytes || !SHA256.HashData(bytes.AsSpan(0, bytes.Length - SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(bytes.Length - SHA256.HashSizeInBytes)))
        {
            return null;
        }

        var json = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return (JsonSerializer.Deserialize(bytes.AsSpan(sizeof(int), json), UtilityJson.Default.CheckpointHeader)!, bytes[(sizeof(int) + json)..^SHA256.HashSizeInBytes]);
    }
}

/// <summary>What a checkpoint says beside weights.</summary>
internal sealed record CheckpointHeader(string Identity, IReadOnlyList<EpochResult> Curve, int BestEpoch, double Milliseconds);
