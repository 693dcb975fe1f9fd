using System.Globalization;
using Veil.Errors;

namespace Veil.Evaluation.Privacy.Verification;

/// <summary>
/// The list of pairs of Labeled Faces in the Wild: a line with the number of folds and of pairs, then fold by fold as many lines
/// <c>name i j</c> of the same person and as many lines <c>name i name j</c> of two, parted by tabs. Names say which folder,
/// numbers which of its pictures: <c>name/name_0001.jpg</c>.
/// </summary>
public static class LfwPairs
{
    private const int MostPairs = 10_000_000;

    /// <summary>Reads a list.</summary>
    /// <param name="path">Its file.</param>
    /// <returns>Folds of pairs.</returns>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidGroundTruth"/>: not such a list, with the line; or it cannot be read.</exception>
    public static IReadOnlyList<IReadOnlyList<NamedPair>> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Parse(path, File.ReadLines(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.InvalidGroundTruth, $"The pairs in '{path}' cannot be read: {error.Message}", "Check the path given to --pairs.", error);
        }
    }

    private static List<List<NamedPair>> Parse(string path, IEnumerable<string> lines)
    {
        var number = 0;
        var (folds, perHalf) = (0, 0);
        var read = new List<List<NamedPair>>();
        foreach (var line in lines)
        {
            number++;
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
            {
                continue;
            }

            if (perHalf == 0)
            {
                (folds, perHalf) = words switch
                {
                    [var only] => (1, Count(only)),
                    [var first, var second] => (Count(first), Count(second)),
                    _ => throw Broken("a line with the number of folds and of pairs"),
                };
                if ((long)folds * perHalf > MostPairs / 2)
                {
                    throw Broken($"at most {MostPairs} pairs");
                }

                continue;
            }

            if (read.Count == 0 || read[^1].Count == 2 * perHalf)
            {
                read.Add([]);
            }

            if (read.Count > folds)
            {
                throw Broken($"{folds} folds of {2 * perHalf} pairs, as its first line says");
            }

            var same = read[^1].Count < perHalf;
            read[^1].Add((same, words) switch
            {
                (true, [var name, var first, var second]) => new NamedPair(name, Count(first), name, Count(second)),
                (false, [var name, var first, var other, var second]) => new NamedPair(name, Count(first), other, Count(second)),
                _ => throw Broken(same ? "a name and two numbers" : "a name, a number, a name and a number"),
            });
        }

        return read.Sum(fold => fold.Count) == (long)folds * 2 * perHalf && folds > 0 ? read : throw Broken($"{folds} folds of {2 * perHalf} pairs, as its first line says");

        int Count(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : throw Broken("a number above 0");

        VeilException Broken(string expected) => new(
            VeilErrorCode.InvalidGroundTruth, $"{path}, line {number}: expected {expected}.", "The list is that of LFW; without it, take the file away or name another with --pairs.");
    }
}

/// <summary>A pair of a list.</summary>
/// <param name="FirstName">Folder of the first picture.</param>
/// <param name="First">Its number in it, from 1.</param>
/// <param name="SecondName">Folder of the second picture; the first's for the same person.</param>
/// <param name="Second">Its number.</param>
public readonly record struct NamedPair(string FirstName, int First, string SecondName, int Second)
{
    /// <summary>True for the same person.</summary>
    public bool Same => FirstName == SecondName;
}
