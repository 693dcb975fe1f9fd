namespace Veil.Evaluation.Privacy.Attackers;

/// <summary>Every attacker. An attacker is one line here.</summary>
public static class AttackerCatalog
{
    /// <summary>In the order in which they are shown.</summary>
    public static IReadOnlyList<Attacker> All { get; } =
    [
        new("naive", "compares the anonymized picture with the archive as it is, by a network", FaceView.Treated, FaceView.Original, FaceComparison.Network),
        new("parrot", "anonymizes the archive in the same way first, then compares by a network", FaceView.Treated, FaceView.Treated, FaceComparison.Network),
        new("restore", "undoes the blur or the mosaic as far as can be, then compares with the archive as it is, by a network", FaceView.Restored, FaceView.Original, FaceComparison.Network),
        new("restore-parrot", "anonymizes the archive in the same way and restores both, then compares by a network", FaceView.Restored, FaceView.Restored, FaceComparison.Network),
        new("pixels", "anonymizes the archive in the same way and compares mean colours of 16×16 cells, without a network", FaceView.Treated, FaceView.Treated, FaceComparison.Pixels),
    ];
}
