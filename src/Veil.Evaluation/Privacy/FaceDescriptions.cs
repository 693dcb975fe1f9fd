using Veil.Evaluation.Privacy.Attackers;

namespace Veil.Evaluation.Privacy;

/// <summary>What attackers compute from all pictures of an archive under one treatment.</summary>
/// <param name="pictures">How many there are.</param>
/// <param name="networks">Networks that look at them.</param>
internal sealed class FaceDescriptions(int pictures, int networks)
{
    private readonly float[][][] _treated = Table(pictures, networks);
    private readonly float[][][] _restored = Table(pictures, networks);

    /// <summary>Thumbnails, one for each picture.</summary>
    public float[][] Thumbnails { get; } = new float[pictures][];

    /// <summary>A network's vectors, one for each picture.</summary>
    /// <param name="view">Treated, or treated and restored.</param>
    /// <param name="network">Its index.</param>
    public float[][] Of(FaceView view, int network) => (view == FaceView.Restored ? _restored : _treated)[network];

    /// <summary>Gives vectors without direction their length: filled with NaN, they are near to nothing.</summary>
    public void FillGaps()
    {
        foreach (var vectors in _treated.Concat(_restored))
        {
            var length = vectors.Select(vector => vector?.Length ?? 0).DefaultIfEmpty(0).Max();
            for (var i = 0; i < vectors.Length; i++)
            {
                if (vectors[i] is { Length: 0 })
                {
                    vectors[i] = [.. Enumerable.Repeat(float.NaN, Math.Max(1, length))];
                }
            }
        }
    }

    private static float[][][] Table(int pictures, int networks) => [.. Enumerable.Range(0, networks).Select(_ => new float[pictures][])];
}
