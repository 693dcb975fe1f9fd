using System.Security.Cryptography;
using System.Text;
using Veil.Regions;

namespace Veil.Studio.Projects;

/// <summary>Stands for the settings that decide what is found: regions found with the same key need not be looked for again.</summary>
internal static class FindingKey
{
    /// <summary>The key of settings.</summary>
    public static string Of(AnonymizerSettings settings)
    {
        var (detection, tracking) = (settings.Detection, settings.Tracking);
        var text = string.Join('\n',
            string.Join(',', RegionKinds.InOrder(settings.Treatments.Select(treatment => treatment.Kind)).Select(RegionKinds.NameOf)),
            string.Join(',', detection.Detectors), FormattableString.Invariant($"{detection.Threshold} {detection.SmallestFace} {detection.Effort} {detection.Masks}"),
            tracking is null ? "" : FormattableString.Invariant($"{tracking.DetectEvery} {tracking.LookAhead} {tracking.Hold}"), settings.Licence.ToString());
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }
}
