/** A language in which people ask: how it is recognised, and the one sentence it is answered with. */
interface Language {
  /** Small words of it that are no English and no names of programs. */
  words?: readonly string[];
  /** Letters of it alone. */
  script?: RegExp;
  says: string;
}

const of = (says: string, words: string): Language => ({ says, words: words.split(" ") });
const written = (says: string, script: RegExp): Language => ({ says, script });

const languages: readonly Language[] = [
  of(
    "Ich antworte auf Englisch; stell deine Frage am besten auch auf Englisch.",
    "wie was ist ich ein eine einen einem der das den dem nicht und oder mit auf für warum wieso kann mein meine meinen wo wird werden löschen lösche starten unterschied zwischen bitte sind zu wenn",
  ),
  of(
    "Je réponds en anglais ; pose ta question en anglais si tu peux.",
    "comment quoi quel quelle est je un une le la les des du dans pas et ou avec pour pourquoi mon ma mes que qu'est-ce où supprimer différence entre faire puis-je qui sont sur c'est",
  ),
  of(
    "Respondo en inglés; si puedes, haz tu pregunta en inglés.",
    "cómo como qué que es un una el los las del por para mi mis puedo dónde cuál diferencia entre borrar eliminar en con cuando yo son hago está contenedor imagen y",
  ),
  of(
    "Respondo em inglês; se puder, faça a pergunta em inglês.",
    "como o que é um uma os da na não eu meu minha para por onde qual diferença entre apagar remover com quando são faço posso você imagem e",
  ),
  of(
    "Rispondo in inglese; se puoi, fai la domanda in inglese.",
    "come cosa che è un una il lo gli della nel non io mio mia per perché dove quale differenza tra cancellare eliminare con quando sono posso fare si e cancello",
  ),
  of(
    "Ik antwoord in het Engels; stel je vraag als het kan ook in het Engels.",
    "hoe wat is ik een het de niet en of met voor waarom mijn waar kan verwijder verwijderen verschil tussen zijn wordt als ben",
  ),
  of(
    "Odpowiadam po angielsku; jeśli możesz, zadaj pytanie po angielsku.",
    "jak co jest czy nie i w z na dla dlaczego mój moje gdzie mogę usunąć różnica między są kontener obraz się",
  ),
  of(
    "İngilizce yanıt veriyorum; mümkünse sorunu İngilizce sor.",
    "nasıl nedir ne bir ve için neden niye benim nerede mı mi silinir silerim fark arasındaki ile var",
  ),
  of(
    "Jag svarar på engelska; ställ gärna frågan på engelska.",
    "hur vad är jag en ett det inte och eller med för varför min mitt var kan ta bort skillnad mellan som vill",
  ),
  of(
    "Jeg svarer på engelsk; still gjerne spørsmålet på engelsk.",
    "hvordan hva hvad er jeg en et det ikke og eller med for hvorfor min mitt hvor kan slette sletter forskjell forskel mellem mellom som vil",
  ),
  of(
    "Odpovídám anglicky; pokud můžeš, polož otázku anglicky.",
    "jak co je ne a v na pro proč můj kde mohu smazat rozdíl mezi jsou kontejner obraz se",
  ),
  of(
    "Răspund în engleză; dacă poți, pune întrebarea în engleză.",
    "cum ce este un o nu și în pentru de la meu mea unde pot șterg ștergere diferența dintre sunt imagine",
  ),
  of(
    "Saya menjawab dalam bahasa Inggris; kalau bisa, ajukan pertanyaan dalam bahasa Inggris.",
    "bagaimana apa itu adalah cara saya tidak dan atau dengan untuk mengapa kenapa di mana menghapus hapus perbedaan antara yang",
  ),
  of(
    "Tôi trả lời bằng tiếng Anh; nếu được, hãy hỏi bằng tiếng Anh.",
    "làm thế nào cách xóa là gì tôi một không và hoặc với cho tại sao ở đâu có thể khác nhau giữa",
  ),
  written("Я отвечаю по-английски; по возможности задай вопрос по-английски.", /\p{Script=Cyrillic}/gu),
  written("私は英語で答えます。できれば英語で質問してください。", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu),
  written("저는 영어로 답합니다. 가능하면 영어로 질문해 주세요.", /\p{Script=Hangul}/gu),
  written("我用英语回答；如果可以，请用英语提问。", /\p{Script=Han}/gu),
  written("أجيب بالإنجليزية؛ اطرح سؤالك بالإنجليزية إن أمكن.", /\p{Script=Arabic}/gu),
  written("मैं अंग्रेज़ी में जवाब देता हूँ; हो सके तो अंग्रेज़ी में पूछें।", /\p{Script=Devanagari}/gu),
];

const english = new Set(
  "how what is the a an do does i my of to in it and for with can where why when which are not no you me this that on if from or have has be at as but so".split(
    " ",
  ),
);

/** Small words of other languages that English or a program has, too: alone they say nothing. */
const ambiguous = new Set([
  "per",
  "comment",
  "com",
  "var",
  "con",
  "van",
  "due",
  "hub",
  "sur",
  "pour",
  "come",
  "via",
  "bit",
]);

/** How much of a text is read, in characters. */
const readMost = 400;

/**
 * The sentence, in the language of a question, that the tutor answers in English; undefined for English, for pasted output and
 * where it is not clear. Never throws.
 */
export function answersInEnglish(text: string): string | undefined {
  const read = text.slice(0, readMost).toLowerCase().normalize("NFC");
  if (text.includes("\n")) return undefined;
  const letters = read.match(/\p{L}/gu)?.length ?? 0;
  const written = languages.find(({ script }) => script && (read.match(script)?.length ?? 0) > 0.3 * letters);
  if (written) return written.says;
  const words = [...new Set(read.match(/\p{L}[\p{L}'-]*/gu))];
  const own = words.filter((word) => english.has(word)).length;
  let best: { says: string; hits: number } = { says: "", hits: 0 };
  for (const { words: known, says } of languages) {
    const found = known ? words.filter((word) => known.includes(word)) : [];
    const hits = found.some((word) => word.length > 2 && !ambiguous.has(word)) ? found.length : 0;
    if (hits > best.hits) best = { says, hits };
  }
  const enough = best.hits >= 2 || (best.hits === 1 && words.length <= 3 && own === 0);
  return enough && best.hits > own && best.hits >= words.length / 4 ? best.says : undefined;
}
