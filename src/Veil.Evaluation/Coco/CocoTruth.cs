namespace Veil.Evaluation.Coco;

/// <summary>An annotated object, as far as COCO's evaluation looks at it.</summary>
/// <param name="Area">Of the annotation (<c>area</c>: of its mask, not of its box), square pixels; decides whether it is small, medium or large.</param>
/// <param name="Kind">How it takes part.</param>
public readonly record struct CocoTruth(double Area, CocoTruthKind Kind = CocoTruthKind.Counted);
