namespace Veil.Datasets.Finding;

/// <summary>What is covered when detections are matched with annotated people.</summary>
public enum MatchPolicy
{
    /// <summary>Every detection, and every annotated person that no detection was matched with, by its annotation.</summary>
    CoverAll,

    /// <summary>
    /// Matched detections only, and of people with keypoints only those of whom one is labelled: what DeepPrivacy2's scripts for
    /// COCO, Cityscapes and BDD100K do (Hukkelås and Lindseth 2023). People stay uncovered.
    /// </summary>
    MatchedOnly,
}
