from tests.e2e.test_wallchart import *
from guatu.core import clock
from tests.conftest import CLOCK
def test_pdf(cast):
    import pypdfium2, io
    wall_of(cast, 110, 10)
    office = cast.client("office")
    with clock.at(CLOCK):
      for paper in ("a3","a0"):
        doc = pypdfium2.PdfDocument(io.BytesIO(office.get(f"/wallchart/print/{paper}/").content))
        print(len(doc))
        doc[0].render(scale=1.6 if paper=="a3" else .6).to_pil().save(f"/tmp/wall_{paper}.png")
      row = Project.objects.all()[3]
      doc = pypdfium2.PdfDocument(io.BytesIO(office.get(f"/wallchart/projects/{row.public_id}/print/a3/").content))
      doc[0].render(scale=1.3).to_pil().save("/tmp/wall_one.png")
