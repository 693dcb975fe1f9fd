namespace Veil.Identity;

/// <summary>The listed people, each known by the embeddings of a few photos. In memory only. Immutable and thread-safe.</summary>
public sealed class PersonGallery
{
    private readonly FaceEmbedding[][] _people;

    /// <summary>Lists people; their index is their number.</summary>
    /// <param name="people">At least one person, each with at least one embedding, all of one network.</param>
    /// <exception cref="ArgumentException">Nobody, somebody without an embedding, or embeddings of different sizes.</exception>
    public PersonGallery(IEnumerable<IEnumerable<FaceEmbedding>> people)
    {
        _people = [.. people.Select(person => person.ToArray())];
        if (_people.Length == 0 || _people.Any(person => person.Length == 0))
        {
            throw new ArgumentException("Expected one person or more, each with one embedding or more.", nameof(people));
        }

        if (_people.SelectMany(person => person).Select(face => face.Dimensions).Distinct().Count() > 1)
        {
            throw new ArgumentException("Expected embeddings of one network, but received different sizes.", nameof(people));
        }
    }

    /// <summary>How many people.</summary>
    public int Count => _people.Length;

    /// <summary>How many embeddings, over all of them.</summary>
    public int Photos => _people.Sum(person => person.Length);

    /// <summary>The person of the most similar photo; of equal ones, the first.</summary>
    /// <param name="face">A face.</param>
    public PersonMatch Nearest(FaceEmbedding face)
    {
        ArgumentNullException.ThrowIfNull(face);
        var best = new PersonMatch(0, float.NegativeInfinity);
        for (var person = 0; person < _people.Length; person++)
        {
            foreach (var photo in _people[person])
            {
                var similarity = photo.Similarity(face);
                if (similarity > best.Similarity)
                {
                    best = new PersonMatch(person, similarity);
                }
            }
        }

        return best;
    }
}
