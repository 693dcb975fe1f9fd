using System.Collections.Concurrent;
using System.Security.Cryptography;
using Veil.Anonymization;
using Veil.Evaluation.Privacy.Attackers;
using Veil.Evaluation.Privacy.Restorations;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Treatments;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Privacy;

/// <summary>Treats all pictures of an archive and computes what attackers compare. One call at a time; it uses all threads itself.</summary>
/// <param name="layout">What the pictures are.</param>
/// <param name="threads">How many are worked on at once.</param>
/// <param name="networks">Networks that look at treated pictures.</param>
internal sealed class FaceDescriber(ArchiveLayout layout, int threads, IReadOnlyList<RecognitionNetwork> networks)
{
    private static readonly float[] NoDirection = [];

    /// <summary>Describes pictures.</summary>
    /// <param name="faces">The pictures.</param>
    /// <param name="treatment">What is done to them.</param>
    /// <param name="method">From it; null for the original.</param>
    /// <param name="restoration">What an attacker then does; null for nothing.</param>
    /// <param name="look">Told about each picture: its index, the original, the treated one and what was covered; from several threads.</param>
    /// <param name="done">Called after each picture, from several threads.</param>
    /// <param name="cancel">Stops between pictures.</param>
    public FaceDescriptions Describe(
        IReadOnlyList<ArchiveFace> faces, Treatment treatment, IAnonymizer? method, IRestoration? restoration,
        Action<int, PixelBuffer, PixelBuffer, CoveredRegion?>? look, Action done, CancellationToken cancel)
    {
        var descriptions = new FaceDescriptions(faces.Count, networks.Count);
        var known = networks.Select(_ => new ConcurrentDictionary<string, float[]>(StringComparer.Ordinal)).ToList();
        ParallelWork.For(faces.Count, threads, Work, cancel);
        descriptions.FillGaps();
        return descriptions;

        void Work(int picture)
        {
            var face = faces[picture];
            using var original = face.Read();
            using var frame = new Frame(original.Clone(), 0, TimeSpan.Zero);
            var covered = FaceCoverage.Of(treatment, face, layout, original);
            if (method is not null && covered is not null)
            {
                FaceCoverage.Apply(method, frame.Pixels, covered);
            }

            look?.Invoke(picture, original, frame.Pixels, covered);
            using (var aligned = Aligned(face, frame))
            {
                descriptions.Thumbnails[picture] = Thumbnail.Of(aligned);
                Embed(FaceView.Treated, aligned);
            }

            if (restoration is not null && covered is not null)
            {
                restoration.Restore(frame.Pixels, covered);
                using var aligned = Aligned(face, frame);
                Embed(FaceView.Restored, aligned);
            }

            done();

            void Embed(FaceView view, PixelBuffer aligned)
            {
                // Where a method leaves nothing, thousands of pictures are the same one.
                var content = networks.Count == 0 ? "" : Convert.ToHexString(SHA256.HashData(aligned.Span));
                for (var network = 0; network < networks.Count; network++)
                {
                    var embed = networks[network].Embed;
                    descriptions.Of(view, network)[picture] = known[network].GetOrAdd(content, _ => embed(aligned)?.ToArray() ?? NoDirection);
                }
            }
        }
    }

    private static PixelBuffer Aligned(ArchiveFace face, Frame frame) => face.Alignment is { } alignment ? alignment.Cut(frame, out _) : frame.Pixels.Clone();
}
